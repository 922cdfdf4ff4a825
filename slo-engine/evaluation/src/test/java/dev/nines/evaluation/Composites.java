// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.CompositeIndicator.Component;
import dev.nines.objectives.CompositeIndicator.Kind;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Composites with their components, as a generation has them. */
final class Composites {

  static final SloId PATH = new SloId("default", "path");
  static final SloId CART = PATH.component("cart");
  static final SloId PAYMENT = PATH.component("payment");
  static final SloId STOCK = PATH.component("stock");

  private Composites() {}

  /** Of cart and payment, of weight 1. */
  static Slo[] of(Kind kind, String target, Duration period, BurnPolicy... policies) {
    Map<SloId, String> weights = new LinkedHashMap<>();
    weights.put(CART, "1");
    weights.put(PAYMENT, "1");
    return of(kind, target, weights, period, policies);
  }

  /** The composite first. */
  static Slo[] of(
      Kind kind,
      String target,
      Map<SloId, String> weights,
      Duration period,
      BurnPolicy... policies) {
    List<Component> components = new ArrayList<>();
    List<Slo> slos = new ArrayList<>();
    weights.forEach(
        (id, weight) -> {
          components.add(new Component(id.name(), new BigDecimal(weight)));
          slos.add(Bench.slo(id.name(), 1, "0.9", period));
        });
    Slo like = Bench.slo(PATH.name(), 1, target, period, policies);
    slos.addFirst(with(like, 1, new CompositeIndicator(kind, List.copyOf(components)), 0));
    return slos.toArray(new Slo[0]);
  }

  static Slo with(Slo slo, long line, Indicator indicator, long minFailures) {
    return new Slo(
        slo.id(),
        line,
        slo.service(),
        slo.displayName(),
        slo.description(),
        slo.labels(),
        indicator,
        slo.target(),
        slo.period(),
        new Budgeting.Occurrences(),
        slo.policies(),
        slo.confidence(),
        minFailures,
        slo.missing(),
        slo.groupBy(),
        slo.vanished(),
        slo.gate(),
        slo.excludedGood());
  }
}
