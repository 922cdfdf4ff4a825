// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimals of 9 digits behind the point in 64 bits; what is larger is shown as the largest. */
final class Decimals {

  static final int SCALE = 9;

  private static final BigDecimal LARGEST = BigDecimal.valueOf(999_999_999_999_999_999L, SCALE);

  private Decimals() {}

  static long unscaled(BigDecimal value) {
    BigDecimal bounded = value.min(LARGEST).max(LARGEST.negate());
    return bounded
        .setScale(SCALE, RoundingMode.HALF_UP)
        .min(LARGEST)
        .unscaledValue()
        .longValueExact();
  }
}
