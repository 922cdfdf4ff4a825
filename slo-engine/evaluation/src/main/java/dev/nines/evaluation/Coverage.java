// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.TimeWindow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;

/**
 * Expected events of measured time / expected events of all time since the line began.
 *
 * <p>Expected is the region's own count in the same hour a week before (the ladder's finest rung
 * that reaches so far), else the mean of its last measured hour. Where nothing was ever counted,
 * time stands for events.
 */
final class Coverage {

  static final TimeWindow RATE_WINDOW = new RollingWindow(Duration.ofHours(1));
  static final BigDecimal RESOLVES_AT = new BigDecimal("0.9");

  private static final long WEEK_SECONDS = Duration.ofDays(7).toSeconds();
  private static final int DIGITS = 9;

  private final Regions regions;

  Coverage(Regions regions) {
    this.regions = regions;
  }

  /** Keeps the rate of the last measured hour; the windows must have been advanced. */
  void learn(RegionCounts counts, Definition definition, long atMillis) {
    long start = atMillis - Rung.lengthMillis(atMillis, RATE_WINDOW);
    long measured =
        regions.measuredMillis(counts.track(), definition.measuredFromMillis(), start, atMillis);
    counts.rate(counts.total(RATE_WINDOW), measured);
  }

  /** Of a composite, the least that one of its components has. */
  BigDecimal of(Scope scope, TimeWindow window) {
    return scope.parts().stream()
        .map(part -> of(part, window))
        .min(Comparator.naturalOrder())
        .orElseGet(() -> of(scope.counts(), scope.definition(), window, scope.atMillis()));
  }

  private BigDecimal of(
      Collection<RegionCounts> scope, Definition definition, TimeWindow window, long atMillis) {
    long start =
        Math.max(atMillis - Rung.lengthMillis(atMillis, window), definition.measuredFromMillis());
    if (start >= atMillis) {
      return BigDecimal.ONE;
    }
    if (scope.stream().allMatch(counts -> measured(counts, definition, start, atMillis))) {
      return BigDecimal.ONE.setScale(DIGITS);
    }
    BigDecimal measured = BigDecimal.ZERO;
    BigDecimal all = BigDecimal.ZERO;
    for (RegionCounts counts : scope) {
      BigDecimal rate = eventsPerMilli(counts, definition, atMillis);
      long millis =
          regions.measuredMillis(counts.track(), definition.measuredFromMillis(), start, atMillis);
      measured = measured.add(rate.multiply(BigDecimal.valueOf(millis)));
      all = all.add(rate.multiply(BigDecimal.valueOf(atMillis - start)));
    }
    return all.signum() == 0 ? BigDecimal.ONE : measured.divide(all, DIGITS, RoundingMode.HALF_UP);
  }

  /** All of it: whatever is expected, what is expected of it is the same. */
  private boolean measured(RegionCounts counts, Definition definition, long start, long atMillis) {
    return regions.measuredMillis(counts.track(), definition.measuredFromMillis(), start, atMillis)
        == atMillis - start;
  }

  private BigDecimal eventsPerMilli(RegionCounts counts, Definition definition, long atMillis) {
    long weekBefore = Rung.HOUR.cellOf(Math.floorDiv(atMillis, 1_000L) - WEEK_SECONDS);
    long events =
        weekBefore * 1_000 < definition.measuredFromMillis()
            ? 0
            : counts.ladder().sum(Rung.HOUR, weekBefore, weekBefore).total();
    if (events > 0) {
      return quotient(events, Rung.HOUR.cellSeconds() * 1_000);
    }
    return counts.rateMillis() == 0
        ? BigDecimal.ONE
        : quotient(counts.rateTotal(), counts.rateMillis());
  }

  private static BigDecimal quotient(long events, long millis) {
    return BigDecimal.valueOf(events)
        .divide(BigDecimal.valueOf(millis), 2 * DIGITS, RoundingMode.HALF_UP);
  }
}
