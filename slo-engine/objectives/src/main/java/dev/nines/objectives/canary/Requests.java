// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.canary;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Bad requests of all, with the interval of Wilson (JASA 22, 1927) for the share that they come
 * from. Both may be multiples of what was counted.
 *
 * @param total above 0
 */
record Requests(BigDecimal bad, BigDecimal total) {

  /** Standard normal quantile of 0.975: 95 % lie between its two sides. */
  static final BigDecimal Z = new BigDecimal("1.959963985");

  static final MathContext DIGITS = MathContext.DECIMAL64;

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal Z_SQUARED = Z.multiply(Z);

  static Requests of(long bad, long total) {
    return new Requests(BigDecimal.valueOf(bad), BigDecimal.valueOf(total));
  }

  Requests times(BigDecimal factor) {
    return new Requests(bad.multiply(factor), total.multiply(factor));
  }

  BigDecimal share() {
    return bad.divide(total, DIGITS);
  }

  BigDecimal lower() {
    return bound(spread().negate()).max(BigDecimal.ZERO);
  }

  BigDecimal upper() {
    return bound(spread()).min(BigDecimal.ONE);
  }

  private BigDecimal bound(BigDecimal spread) {
    BigDecimal middle = bad.add(Z_SQUARED.divide(TWO, DIGITS));
    return middle.add(spread).divide(total.add(Z_SQUARED), DIGITS);
  }

  /** z x sqrt(bad x good / total + z^2 / 4). */
  private BigDecimal spread() {
    BigDecimal inner = bad.multiply(total.subtract(bad)).divide(total, DIGITS);
    return Z.multiply(inner.add(Z_SQUARED.divide(BigDecimal.valueOf(4), DIGITS)).sqrt(DIGITS));
  }
}
