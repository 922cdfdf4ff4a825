// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.Confidence;
import dev.nines.objectives.Slo;
import dev.nines.objectives.TimeWindow;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An SLO as the generation in force defines it.
 *
 * @param countedFromMillis start of its line: what is before came, if it did, by a back-fill
 * @param measuredFromMillis that, or start of its back-fill: before, nothing was measured
 * @param least by policy, what of a region's events, all of them measured, must be bad for it to
 *     hold; any where that does not fit into two longs
 * @param windows all windows that its numbers need
 * @param period what its period is summed from
 * @param parts of a composite, those of its components; else none
 */
record Definition(
    Slo slo,
    long generation,
    long countedFromMillis,
    long measuredFromMillis,
    Map<String, Part> least,
    Set<TimeWindow> windows,
    Rung period,
    Optional<Confidence> confidence,
    List<Definition> parts) {

  static Definition of(Slo slo, long generation, long countedFromMillis) {
    Set<TimeWindow> windows = new LinkedHashSet<>();
    windows.add(slo.period());
    windows.add(Coverage.RATE_WINDOW);
    for (BurnPolicy policy : slo.policies()) {
      windows.add(policy.longTimeWindow());
      windows.add(policy.shortTimeWindow());
    }
    return new Definition(
        slo,
        generation,
        countedFromMillis,
        countedFromMillis,
        least(slo),
        windows,
        Rung.of(slo.period()),
        Confidence.at(slo.confidence()),
        List.of());
  }

  private static Map<String, Part> least(Slo slo) {
    BigDecimal budget = BigDecimal.ONE.subtract(slo.target());
    Map<String, Part> least = new HashMap<>();
    for (BurnPolicy policy : slo.policies()) {
      least.put(policy.name(), Part.of(policy.factor().multiply(budget)).orElse(Part.ANY));
    }
    return least;
  }

  /** Any of a composite: together its components may be faster than each. */
  Part least(BurnPolicy policy) {
    return parts.isEmpty() ? least.getOrDefault(policy.name(), Part.ANY) : Part.ANY;
  }

  /** The same, measured from an earlier instant on: its line was back-filled. */
  Definition since(long millis) {
    return millis >= measuredFromMillis
        ? this
        : new Definition(
            slo, generation, countedFromMillis, millis, least, windows, period, confidence, parts);
  }

  /** The same with windows of its composite, or of its components. */
  Definition over(Set<TimeWindow> more) {
    Set<TimeWindow> all = new LinkedHashSet<>(windows);
    all.addAll(more);
    return new Definition(
        slo,
        generation,
        countedFromMillis,
        measuredFromMillis,
        least,
        all,
        period,
        confidence,
        parts);
  }

  /** That of the composite of these. */
  Definition composedOf(List<Definition> components) {
    return new Definition(
        slo,
        generation,
        countedFromMillis,
        measuredFromMillis,
        least,
        windows,
        period,
        confidence,
        List.copyOf(components));
  }
}
