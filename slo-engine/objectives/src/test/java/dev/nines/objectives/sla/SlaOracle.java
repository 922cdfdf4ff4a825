// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.sla.Contract.NoData;
import dev.nines.objectives.sla.Contract.Treatment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The same numbers another way: a list of weighted parts, each with its badness, and their mean. A
 * minute is down when any event failed; intervals have five minutes.
 */
final class SlaOracle {

  private static final MathContext DIGITS = new MathContext(60);

  private record Part(BigDecimal weight, BigDecimal badness) {}

  private SlaOracle() {}

  static Optional<BigDecimal> badShare(
      Minutes minutes,
      BitSet excluded,
      NoData idle,
      NoData unmeasured,
      Measure measure,
      Treatment treatment) {
    List<Part> parts = new ArrayList<>();
    int step = measure == Measure.INTERVAL_MEAN ? 5 : 1;
    for (int start = 0; start < minutes.count(); start += step) {
      part(minutes, excluded, idle, unmeasured, measure, treatment, start, step)
          .ifPresent(parts::add);
    }
    BigDecimal weight = parts.stream().map(Part::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (weight.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal bad =
        parts.stream()
            .map(part -> part.weight().multiply(part.badness()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return Optional.of(bad.divide(weight, DIGITS));
  }

  private static Optional<Part> part(
      Minutes minutes,
      BitSet excluded,
      NoData idle,
      NoData unmeasured,
      Measure measure,
      Treatment treatment,
      int start,
      int step) {
    long total = 0;
    long bad = 0;
    long outside = 0;
    boolean all = true;
    boolean heard = false;
    for (int i = start; i < start + step; i++) {
      if (excluded.get(i)) {
        outside += minutes.total(i);
      } else {
        all = false;
        total += minutes.total(i);
        bad += minutes.total(i) - minutes.good(i);
        heard |= minutes.heard(i) > 0;
      }
    }
    if (measure == Measure.REQUEST) {
      long good = treatment == Treatment.GOOD ? outside : 0;
      return total + good == 0 ? Optional.empty() : weighted(total + good, bad, total + good);
    }
    if (all) {
      return treatment == Treatment.GOOD ? weighted(1, 0, 1) : Optional.empty();
    }
    if (total == 0) {
      NoData rule = heard ? idle : unmeasured;
      return rule == NoData.EXCLUDED
          ? Optional.empty()
          : weighted(1, rule == NoData.BAD ? 1 : 0, 1);
    }
    return measure == Measure.MINUTE ? weighted(1, bad > 0 ? 1 : 0, 1) : weighted(1, bad, total);
  }

  private static Optional<Part> weighted(long weight, long bad, long of) {
    return Optional.of(
        new Part(
            BigDecimal.valueOf(weight),
            BigDecimal.valueOf(bad).divide(BigDecimal.valueOf(of), DIGITS)));
  }
}
