// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * A limit for the values of a metric.
 *
 * @param value above 0
 * @param unit of time (ns, us, ms, s, m, h, d), or empty: the unit of the metric, whatever it is
 */
public record Threshold(BigDecimal value, String unit) {

  private static final long NONE = 0;

  /**
   * The limit in the unit of a metric.
   *
   * @param metricUnit as OTLP carries it, in UCUM: {@code s}, {@code ms}, {@code By}
   * @return empty when this is a time and the metric's unit is none
   */
  public Optional<BigDecimal> in(String metricUnit) {
    if (unit.isEmpty()) {
      return Optional.of(value);
    }
    long theirs = nanos(metricUnit);
    return theirs == NONE
        ? Optional.empty()
        : Optional.of(
            value
                .multiply(BigDecimal.valueOf(nanos(unit)))
                .divide(BigDecimal.valueOf(theirs), MathContext.DECIMAL128));
  }

  /** UCUM writes {@code min} and not {@code m}, which is a metre there. */
  private static long nanos(String unit) {
    return switch (unit) {
      case "ns" -> 1L;
      case "us" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m", "min" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      case "d" -> 86_400_000_000_000L;
      default -> NONE;
    };
  }
}
