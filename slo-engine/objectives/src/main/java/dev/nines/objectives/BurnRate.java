// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import dev.nines.objectives.Budgeting.Sliced;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;

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

  private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(SHOWN_DIGITS);

  /**
   * @param target share of good events, in [0, 1)
   * @param bad share of a window's events
   */
  public static BurnRate of(BigDecimal target, Fraction bad) {
    Fraction budget = Fraction.of(BigDecimal.ONE.subtract(target));
    return new BurnRate(bad.top().multiply(budget.bottom()), bad.bottom().multiply(budget.top()));
  }

  /**
   * Of slices: sum of shortfalls x slice / ((1 - target) x |W|). A slice that was not measured, or
   * had no event, spent nothing.
   *
   * @param shortfall in {@link Sliced#WHOLE}ths of a slice
   * @param windowMillis |W|, whole slices, above 0
   */
  public static BurnRate ofSlices(
      BigDecimal target, long shortfall, Duration slice, long windowMillis) {
    Fraction budget = Fraction.of(BigDecimal.ONE.subtract(target));
    BigInteger spent = BigInteger.valueOf(shortfall).multiply(BigInteger.valueOf(slice.toMillis()));
    BigInteger whole = BigInteger.valueOf(Sliced.WHOLE).multiply(BigInteger.valueOf(windowMillis));
    return new BurnRate(spent.multiply(budget.bottom()), whole.multiply(budget.top()));
  }

  /** Strictly greater, compared without division. */
  public boolean exceeds(BigDecimal factor) {
    return compareTo(factor) > 0;
  }

  /** As fast as the policy wants it. */
  public boolean meets(BurnPolicy policy) {
    return policy.orEqual() ? compareTo(policy.factor()) >= 0 : exceeds(policy.factor());
  }

  private int compareTo(BigDecimal factor) {
    Fraction limit = Fraction.of(factor);
    return numerator.multiply(limit.bottom()).compareTo(denominator.multiply(limit.top()));
  }

  /** To {@link #SHOWN_DIGITS} digits after the point, half up: for people, never for decisions. */
  public BigDecimal shown() {
    return numerator.signum() == 0 ? NOTHING : quotient();
  }

  private BigDecimal quotient() {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), SHOWN_DIGITS, RoundingMode.HALF_UP);
  }
}
