// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import dev.nines.objectives.Budgeting.Sliced;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The error budget of a period by slices: (1 - target) x all its slices may be bad.
 *
 * @param target in [0, 1)
 * @param slices of the whole period, also those to come; above 0
 * @param shortfall of those that are judged, in {@link Sliced#WHOLE}ths of a slice
 */
public record SliceBudget(BigDecimal target, long slices, long shortfall) {

  /** Of the period that contains an instant, epoch milliseconds. */
  public static SliceBudget at(Slo slo, Sliced budgeting, long atMillis, long shortfall) {
    TimeWindow period = slo.period();
    long millis = period.endMillis(atMillis) - period.fromMillis(atMillis);
    return new SliceBudget(slo.target(), millis / budgeting.slice().toMillis(), shortfall);
  }

  /** Slices that may be bad, exact. */
  public BigDecimal allowed() {
    return BigDecimal.ONE.subtract(target).multiply(BigDecimal.valueOf(slices));
  }

  /** Slices that were bad, exact. */
  public BigDecimal bad() {
    return BigDecimal.valueOf(shortfall).divide(BigDecimal.valueOf(Sliced.WHOLE));
  }

  /** Share of the budget that is spent, to 9 digits, half up. */
  public BigDecimal spent() {
    return bad().divide(allowed(), BurnRate.SHOWN_DIGITS, RoundingMode.HALF_UP);
  }
}
