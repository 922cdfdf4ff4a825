// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact fraction of integers, not reduced.
 *
 * @param bottom above 0
 */
public record Fraction(BigInteger top, BigInteger bottom) {

  public static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);
  public static final Fraction ONE = new Fraction(BigInteger.ONE, BigInteger.ONE);

  public static Fraction of(long value) {
    return new Fraction(BigInteger.valueOf(value), BigInteger.ONE);
  }

  public static Fraction of(BigDecimal value) {
    return value.scale() > 0
        ? new Fraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale()))
        : new Fraction(value.toBigIntegerExact(), BigInteger.ONE);
  }

  public Fraction plus(Fraction other) {
    if (bottom.equals(other.bottom)) {
      return new Fraction(top.add(other.top), bottom);
    }
    return new Fraction(
        top.multiply(other.bottom).add(other.top.multiply(bottom)), bottom.multiply(other.bottom));
  }

  public Fraction minus(Fraction other) {
    return plus(new Fraction(other.top.negate(), other.bottom));
  }

  public Fraction times(Fraction other) {
    return new Fraction(top.multiply(other.top), bottom.multiply(other.bottom));
  }

  /**
   * @param other above 0
   */
  public Fraction dividedBy(Fraction other) {
    return new Fraction(top.multiply(other.bottom), bottom.multiply(other.top));
  }
}
