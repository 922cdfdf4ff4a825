// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Optional;

/**
 * How fast a window spends its error budget, as an exact fraction: 1 spends the budget of a period
 * in just that period.
 *
 * <p>A region: bad x measured / ((1 - target) x total x |W|). All regions: sum of bad / ((1 -
 * target) x sum of (total x |W| / measured)); a region that was not measured at all is left out.
 * One region is the sum over one. A stretch that was not measured counts as having spent nothing,
 * so that it delays an alert and never causes one.
 *
 * @param denominator above 0; the fraction need not be in lowest terms
 */
public record BurnRate(BigInteger numerator, BigInteger denominator) {

  /** Digits after the point of every rate and share that is shown. */
  public static final int SHOWN_DIGITS = 9;

  /**
   * @param target share of good events, in [0, 1)
   * @param windowMillis |W|: from the start of the window's first cell to now, above 0
   * @return empty when no measured region has an event
   */
  public static Optional<BurnRate> of(
      BigDecimal target, long windowMillis, Collection<RegionWindow> regions) {
    BigInteger bad = BigInteger.ZERO;
    Fraction total = Fraction.ZERO;
    BigInteger window = BigInteger.valueOf(windowMillis);
    for (RegionWindow region : regions) {
      if (region.measuredMillis() > 0) {
        bad = bad.add(BigInteger.valueOf(region.bad()));
        total = total.plus(scaledTotal(region, window));
      }
    }
    if (total.top().signum() == 0) {
      return Optional.empty();
    }
    Fraction budget = Fraction.of(BigDecimal.ONE.subtract(target));
    return Optional.of(
        new BurnRate(
            bad.multiply(total.bottom()).multiply(budget.bottom()),
            total.top().multiply(budget.top())));
  }

  /** Strictly greater, compared without division. */
  public boolean exceeds(BigDecimal factor) {
    Fraction limit = Fraction.of(factor);
    return numerator.multiply(limit.bottom()).compareTo(denominator.multiply(limit.top())) > 0;
  }

  /** To {@link #SHOWN_DIGITS} digits after the point, half up: for people, never for decisions. */
  public BigDecimal shown() {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), SHOWN_DIGITS, RoundingMode.HALF_UP);
  }

  private static Fraction scaledTotal(RegionWindow region, BigInteger window) {
    BigInteger total = BigInteger.valueOf(region.total());
    BigInteger measured = BigInteger.valueOf(region.measuredMillis());
    return measured.equals(window)
        ? new Fraction(total, BigInteger.ONE)
        : new Fraction(total.multiply(window), measured);
  }
}
