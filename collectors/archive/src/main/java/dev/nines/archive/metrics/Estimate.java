// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

/**
 * A quantile from buckets. The measurement of that rank is in [lower, upper].
 *
 * @param lower negative infinity when nothing bounds it
 * @param upper infinity when nothing bounds it
 */
record Estimate(double value, double lower, double upper) {

  /** The rank of a quantile among {@code count} measurements, from 1. */
  static long rank(double quantile, long count) {
    return Math.min(count, Math.max(1, (long) Math.ceil(quantile * count)));
  }

  /** The same, knowing that no measurement was below or above these. */
  Estimate within(double least, double most) {
    double low = Math.max(lower, least);
    double high = Math.min(upper, most);
    return low > high ? this : new Estimate(Math.min(Math.max(value, low), high), low, high);
  }
}
