// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.Fraction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An uptime as an exact fraction: 100 % x (1 - bad / whole).
 *
 * @param bad share that was bad, in [0, 1]
 */
public record Uptime(Fraction bad) {

  /** Digits after the point of a percentage that is shown. */
  public static final int SHOWN_DIGITS = 8;

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  public Uptime {
    if (bad.top().signum() < 0 || bad.top().compareTo(bad.bottom()) > 0) {
      throw new IllegalArgumentException(bad.top() + " bad of " + bad.bottom());
    }
  }

  /** Of whole things: minutes, milliseconds, events. */
  public static Uptime of(long bad, long whole) {
    return new Uptime(new Fraction(BigInteger.valueOf(bad), BigInteger.valueOf(whole)));
  }

  /** Strictly below, compared without division. */
  public boolean below(BigDecimal percent) {
    Fraction limit = Fraction.of(percent);
    BigInteger good = bad.bottom().subtract(bad.top());
    return good.multiply(HUNDRED)
            .multiply(limit.bottom())
            .compareTo(limit.top().multiply(bad.bottom()))
        < 0;
  }

  /** In percent, cut: a number that is shown at a bound has reached it. For people only. */
  public BigDecimal shown() {
    return percent(SHOWN_DIGITS, RoundingMode.FLOOR);
  }

  public BigDecimal percent(int digits, RoundingMode rounding) {
    BigInteger good = bad.bottom().subtract(bad.top());
    return new BigDecimal(good.multiply(HUNDRED))
        .divide(new BigDecimal(bad.bottom()), digits, rounding);
  }
}
