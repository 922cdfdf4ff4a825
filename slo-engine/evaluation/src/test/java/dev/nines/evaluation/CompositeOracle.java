// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Slo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A composite by brute force: its components are summed again for each of its numbers. */
final class CompositeOracle extends Oracle {

  private static final int SHOWN_DIGITS = 9;

  private final String kind;
  private final Map<String, BigDecimal> weights;
  private final Map<String, Oracle> parts = new LinkedHashMap<>();

  /**
   * @param weights by name of the component
   * @param like a component without policies
   */
  CompositeOracle(
      Slo slo, Slo like, String kind, Map<String, BigDecimal> weights, long effectiveFrom) {
    super(slo, effectiveFrom);
    this.kind = kind;
    this.weights = weights;
    weights.keySet().forEach(name -> parts.put(name, new Oracle(like, effectiveFrom)));
  }

  void counts(
      String component, String name, long appendedAt, long sliceSeconds, long good, long total) {
    parts.get(component).counts(name, appendedAt, sliceSeconds, good, total);
    region(name).counted = true;
    passTo(appendedAt);
  }

  @Override
  void progress(String name, int partition, long at) {
    parts.values().forEach(part -> part.progress(name, partition, at));
    super.progress(name, partition, at);
  }

  @Override
  void boundary(long at) {
    passTo(at);
    together();
    parts.values().forEach(part -> part.boundary(at));
    super.boundary(at);
  }

  @Override
  boolean exceeds(String scope, Duration window, BigDecimal factor) {
    together();
    Optional<Share> share = composed(part -> part.share(scope, window));
    BigDecimal limit = factor.multiply(BigDecimal.ONE.subtract(slo.target()));
    return share.isPresent()
        && share.get().bad().compareTo(limit.multiply(share.get().total())) > 0;
  }

  /** Of one component; where it counted nothing, nothing is missing. */
  @Override
  BigDecimal coverage(String scope, Duration window) {
    together();
    return parts.values().stream()
        .filter(part -> !scope.equals("global") ? part.region(scope).counted : true)
        .map(part -> part.coverage(scope, window))
        .reduce(BigDecimal.ONE, BigDecimal::min);
  }

  /** Bad and total of the period, of all components. */
  @Override
  long[] period(String scope) {
    together();
    long[] sum = new long[2];
    for (Oracle part : parts.values()) {
      long[] of = part.period(scope);
      sum[0] += of[0];
      sum[1] += of[1];
    }
    return sum;
  }

  /** Burn rate of a window, 9 digits; null where there is none. */
  BigDecimal burn(String scope, Duration window) {
    together();
    return spent(composed(part -> part.share(scope, window))).orElse(null);
  }

  /** Share of the budget, 9 digits. */
  BigDecimal spent(String scope) {
    together();
    return spent(
            composed(
                part -> {
                  long[] sum = part.period(scope);
                  return new Share(
                      BigDecimal.valueOf(sum[0]), BigDecimal.valueOf(sum[1]), BigDecimal.ONE);
                }))
        .orElse(BigDecimal.ZERO.setScale(SHOWN_DIGITS));
  }

  private Optional<BigDecimal> spent(Optional<Share> share) {
    BigDecimal budget = BigDecimal.ONE.subtract(slo.target());
    return share.map(
        each ->
            each.bad().divide(budget.multiply(each.total()), SHOWN_DIGITS, RoundingMode.HALF_UP));
  }

  private interface Of {
    Share share(Oracle part);
  }

  private Optional<Share> composed(Of of) {
    Map<String, Share> shares = new LinkedHashMap<>();
    parts.forEach(
        (name, part) -> {
          Share share = of.share(part);
          if (share.total().signum() > 0) {
            shares.put(name, share);
          }
        });
    return shares.isEmpty() ? Optional.empty() : Optional.of(composed(shares));
  }

  private Share composed(Map<String, Share> shares) {
    if (kind.equals("weighted")) {
      return weighted(shares);
    }
    BigDecimal product = BigDecimal.ONE;
    BigDecimal total = BigDecimal.ONE;
    for (Share share : shares.values()) {
      product =
          product.multiply(
              kind.equals("serial") ? share.total().subtract(share.bad()) : share.bad());
      total = total.multiply(share.total());
    }
    BigDecimal bad = kind.equals("serial") ? total.subtract(product) : product;
    return new Share(bad, total, BigDecimal.ONE);
  }

  /** Each over the product of what all are multiplied with. */
  private Share weighted(Map<String, Share> shares) {
    BigDecimal bad = BigDecimal.ZERO;
    BigDecimal total = BigDecimal.ZERO;
    for (Map.Entry<String, Share> each : shares.entrySet()) {
      BigDecimal times = weights.get(each.getKey());
      for (Map.Entry<String, Share> other : shares.entrySet()) {
        times =
            other.getKey().equals(each.getKey()) ? times : times.multiply(other.getValue().times());
      }
      bad = bad.add(each.getValue().bad().multiply(times));
      total = total.add(each.getValue().total().multiply(times));
    }
    return new Share(bad, total, BigDecimal.ONE);
  }

  private void together() {
    for (Oracle part : parts.values()) {
      part.t = t;
      part.endsBefore = endsBefore;
    }
  }
}
