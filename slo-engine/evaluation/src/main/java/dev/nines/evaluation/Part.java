// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A part of a whole, top / bottom, that is compared without division and without objects.
 *
 * @param top not negative
 * @param bottom above 0
 */
record Part(long top, long bottom) {

  /** Any part reaches it. */
  static final Part ANY = new Part(0, 1);

  private static final int DIGITS_MAX = 18;

  /** Empty for one that does not fit into two longs. */
  static Optional<Part> of(BigDecimal part) {
    int digits = part.scale();
    return digits < 0 || digits > DIGITS_MAX || part.precision() > DIGITS_MAX
        ? Optional.empty()
        : Optional.of(new Part(part.unscaledValue().longValueExact(), power(digits)));
  }

  /**
   * Some / all is no smaller; to 128 bits.
   *
   * @param some not negative, and so all
   */
  boolean isReachedBy(long some, long all) {
    long left = Math.multiplyHigh(some, bottom);
    long right = Math.multiplyHigh(all, top);
    return left == right ? Long.compareUnsigned(some * bottom, all * top) >= 0 : left > right;
  }

  private static long power(int digits) {
    long power = 1;
    for (int i = 0; i < digits; i++) {
      power *= 10;
    }
    return power;
  }
}
