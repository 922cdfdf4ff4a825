// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The error budget of a period by occurrences: (1 - target) x total events may fail.
 *
 * @param target share of good events, in [0, 1)
 * @param good events of the period, at most {@code total}
 */
public record Budget(BigDecimal target, long good, long total) {

  public Budget {
    if (good < 0 || good > total) {
      throw new IllegalArgumentException("good " + good + " of " + total);
    }
  }

  /** Events that may fail, exact; a fraction of an event is kept. */
  public BigDecimal allowed() {
    return BigDecimal.ONE.subtract(target).multiply(BigDecimal.valueOf(total));
  }

  public long bad() {
    return total - good;
  }

  /**
   * Share of the budget that is spent: 0 is untouched, above 1 is overspent. To 9 digits, half up;
   * 0 while there is no event.
   */
  public BigDecimal spent() {
    return total == 0
        ? BigDecimal.ZERO.setScale(BurnRate.SHOWN_DIGITS)
        : BigDecimal.valueOf(bad()).divide(allowed(), BurnRate.SHOWN_DIGITS, RoundingMode.HALF_UP);
  }
}
