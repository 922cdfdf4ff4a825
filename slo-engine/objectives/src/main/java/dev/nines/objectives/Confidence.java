// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How sure an alert must be that the error ratio is really above its threshold: the lower bound of
 * the two-sided Wilson interval (Wilson, JASA 22, 1927) must be above it. No floats: the bound
 * exceeds T exactly when k > nT and (k - nT)^2 > z^2 nT(1 - T).
 *
 * @param level for example 0.98
 * @param z standard normal quantile of (1 + level) / 2, four digits
 */
public record Confidence(BigDecimal level, BigDecimal z) {

  /** The levels that an SLO may ask for, in the annotation's spelling. */
  public static final String LEVELS = "0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999";

  /** Empty when the level is none of {@link #LEVELS}. */
  public static Optional<Confidence> at(BigDecimal level) {
    String z =
        switch (level.stripTrailingZeros().toPlainString()) {
          case "0.8" -> "1.2816";
          case "0.9" -> "1.6449";
          case "0.95" -> "1.9600";
          case "0.98" -> "2.3263";
          case "0.99" -> "2.5758";
          case "0.995" -> "2.8070";
          case "0.999" -> "3.2905";
          default -> "";
        };
    return z.isEmpty() ? Optional.empty() : Optional.of(new Confidence(level, new BigDecimal(z)));
  }

  /**
   * The lower bound of bad/total is strictly above factor x (1 - target).
   *
   * @return false when there is no event, or when no error ratio can reach the threshold
   */
  public boolean exceeds(long bad, long total, BigDecimal target, BigDecimal factor) {
    BigDecimal threshold = BigDecimal.ONE.subtract(target).multiply(factor);
    BigDecimal rest = BigDecimal.ONE.subtract(threshold);
    BigDecimal expected = threshold.multiply(BigDecimal.valueOf(total));
    BigDecimal beyond = BigDecimal.valueOf(bad).subtract(expected);
    if (total == 0 || rest.signum() <= 0 || beyond.signum() <= 0) {
      return false;
    }
    BigDecimal spread = z.multiply(z).multiply(expected).multiply(rest);
    return beyond.multiply(beyond).compareTo(spread) > 0;
  }
}
