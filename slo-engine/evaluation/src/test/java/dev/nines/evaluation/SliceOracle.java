// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * What slices spend by brute force: each slice is cut anew out of all that was ever counted. Epoch
 * milliseconds.
 *
 * @param sliceTarget empty where a slice spends its share of bad events
 */
record SliceOracle(
    Oracle oracle, long effectiveFrom, Duration slice, Optional<BigDecimal> sliceTarget) {

  private static final int DIGITS = 12;

  /** Slices from an instant on, before another. */
  BigDecimal bad(String scope, long from, long to) {
    BigDecimal sum = BigDecimal.ZERO;
    long length = slice.toMillis();
    for (long start = Math.ceilDiv(from, length) * length; start + length <= to; start += length) {
      sum = sum.add(spent(scope, start, start + length));
    }
    return sum;
  }

  private BigDecimal spent(String scope, long start, long end) {
    BigDecimal product = BigDecimal.ONE;
    for (Oracle.Region region : oracle.members(scope)) {
      product = product.multiply(BigDecimal.valueOf(Math.max(1, measured(region, start, end))));
    }
    BigDecimal bad = BigDecimal.ZERO;
    BigDecimal total = BigDecimal.ZERO;
    for (Oracle.Region region : oracle.members(scope)) {
      long measured = measured(region, start, end);
      if (measured * 10 >= end - start) {
        for (long[] cell : region.slices.subMap(start / 1_000, end / 1_000).values()) {
          bad = bad.add(BigDecimal.valueOf(cell[0]).multiply(product));
          BigDecimal whole = BigDecimal.valueOf(cell[1]).multiply(BigDecimal.valueOf(end - start));
          total = total.add(whole.multiply(product).divide(BigDecimal.valueOf(measured)));
        }
      }
    }
    return total.signum() == 0 ? BigDecimal.ZERO : spent(bad, total);
  }

  /** Both times the same number. */
  private BigDecimal spent(BigDecimal bad, BigDecimal total) {
    if (sliceTarget.isEmpty()) {
      return bad.divide(total, DIGITS, RoundingMode.DOWN);
    }
    BigDecimal wanted = sliceTarget.get().multiply(total);
    return total.subtract(bad).compareTo(wanted) >= 0 ? BigDecimal.ZERO : BigDecimal.ONE;
  }

  /** Milliseconds of the slice that the region reported. */
  private long measured(Oracle.Region region, long start, long end) {
    long from = Math.max(start, effectiveFrom);
    long to = Math.min(end, region.progress);
    long silent = 0;
    for (long[] gap : region.gaps) {
      silent += Math.max(0, Math.min(gap[1], to) - Math.max(gap[0], from));
    }
    return Math.max(0, to - from - silent);
  }
}
