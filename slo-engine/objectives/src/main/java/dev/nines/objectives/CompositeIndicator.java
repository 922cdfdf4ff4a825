// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Other SLOs of the same generation, taken together: what is bad of them follows from the shares
 * that are bad of each in the same window, exactly.
 *
 * @param components at least two, in the order of their file; each name once
 */
public record CompositeIndicator(Kind kind, List<Component> components) implements Indicator {

  /** How the shares of components become one. */
  public enum Kind {
    /** Sum of weight x bad over sum of weight x total: a component counts as much as it is used. */
    WEIGHTED,
    /** 1 - product of the good shares: all are needed. */
    SERIAL,
    /** Product of the bad shares: one is enough. */
    PARALLEL;

    /** Right where components fail independently of each other; they seldom do quite. */
    public boolean assumesIndependence() {
      return this != WEIGHTED;
    }
  }

  /**
   * @param slo its name, see {@link SloId#component}
   * @param weight above 0; 1 but in a weighted composite
   */
  public record Component(String slo, BigDecimal weight) {}

  /** Names of the components. */
  @JsonIgnore
  public List<String> names() {
    return components.stream().map(Component::slo).toList();
  }

  /**
   * The share that is bad of all together. A component without an event drops out: as if the
   * composite did not have it.
   *
   * @param shares of the components that have events, by name
   * @return empty where none has
   */
  public Optional<Fraction> bad(Map<String, EventShare> shares) {
    List<Counted> counted = new ArrayList<>();
    for (Component each : components) {
      EventShare share = shares.get(each.slo());
      if (share != null) {
        counted.add(new Counted(Fraction.of(each.weight()), share));
      }
    }
    return counted.isEmpty() ? Optional.empty() : Optional.of(together(counted));
  }

  private record Counted(Fraction weight, EventShare share) {}

  private Fraction together(List<Counted> counted) {
    return switch (kind) {
      case WEIGHTED -> weighted(counted);
      case SERIAL -> {
        Fraction good = Fraction.ONE;
        for (Counted each : counted) {
          good = good.times(Fraction.ONE.minus(each.share().value()));
        }
        yield Fraction.ONE.minus(good);
      }
      case PARALLEL -> {
        Fraction bad = Fraction.ONE;
        for (Counted each : counted) {
          bad = bad.times(each.share().value());
        }
        yield bad;
      }
    };
  }

  private static Fraction weighted(List<Counted> counted) {
    Fraction bad = Fraction.ZERO;
    Fraction total = Fraction.ZERO;
    for (Counted each : counted) {
      bad = bad.plus(each.weight().times(each.share().bad()));
      total = total.plus(each.weight().times(each.share().total()));
    }
    return bad.dividedBy(total);
  }
}
