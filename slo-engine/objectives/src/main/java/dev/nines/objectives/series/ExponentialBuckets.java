// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.series;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * With base = 2^(2^-scale), the bucket of index i holds values whose magnitude is in (base^i,
 * base^(i+1)].
 *
 * @param zeroCount values whose magnitude is at most {@code zeroThreshold}
 * @param positive counts above 0 by index
 * @param negative counts above 0 by index
 */
public record ExponentialBuckets(
    int scale,
    long zeroCount,
    double zeroThreshold,
    Map<Integer, Long> positive,
    Map<Integer, Long> negative)
    implements Measure {

  /**
   * How far the logarithm of a threshold may be off: magnitudes of doubles have |log2| up to 1074,
   * one unit in the last place of that is 2.3e-13.
   */
  private static final double LOG_ERROR = 1e-12;

  @JsonIgnore
  @Override
  public long total() {
    return zeroCount + sum(positive) + sum(negative);
  }

  /** In the coarser of the two scales, which loses nothing that both know. */
  @Override
  public Optional<Measure> since(Measure before) {
    if (!(before instanceof ExponentialBuckets other)) {
      return Optional.empty();
    }
    if (zeroThreshold != other.zeroThreshold) {
      return new Count(total()).since(new Count(before.total()));
    }
    int coarser = Math.min(scale, other.scale);
    Optional<Map<Integer, Long>> up =
        added(merged(positive, scale - coarser), merged(other.positive, other.scale - coarser));
    Optional<Map<Integer, Long>> down =
        added(merged(negative, scale - coarser), merged(other.negative, other.scale - coarser));
    long zeros = zeroCount - other.zeroCount;
    return up.isEmpty() || down.isEmpty() || zeros < 0
        ? Optional.empty()
        : Optional.of(new ExponentialBuckets(coarser, zeros, zeroThreshold, up.get(), down.get()));
  }

  /**
   * @param threshold above 0. Bounds that are no power of two are irrational: no threshold is equal
   *     to one, and one so near to it that a double cannot tell makes both neighbours uncertain
   */
  @Override
  public Split split(BigDecimal threshold) {
    double limit = threshold.doubleValue();
    boolean zerosGood = zeroThreshold <= limit;
    long good = sum(negative) + (zerosGood ? zeroCount : 0);
    long uncertain = zerosGood ? 0 : zeroCount;
    Range range = Range.of(limit, scale);
    for (Map.Entry<Integer, Long> bucket : positive.entrySet()) {
      if (bucket.getKey() < range.first()) {
        good += bucket.getValue();
      } else if (bucket.getKey() <= range.last()) {
        uncertain += bucket.getValue();
      }
    }
    return new Split(good, uncertain);
  }

  /** Indices of the buckets that may contain a value; none, with first after last, for a bound. */
  private record Range(long first, long last) {

    static Range of(double limit, int scale) {
      int exponent = Math.getExponent(limit);
      if (Math.scalb(1.0, exponent) == limit && divides(exponent, scale)) {
        long bound = scale >= 0 ? (long) exponent << scale : exponent >> -scale;
        return new Range(bound, bound - 1);
      }
      double position = Math.scalb(Math.log(limit) / Math.log(2), scale);
      double error = Math.scalb(LOG_ERROR, scale);
      return new Range(
          (long) Math.ceil(position - error) - 1, (long) Math.ceil(position + error) - 1);
    }

    private static boolean divides(int exponent, int scale) {
      return scale >= 0 || (exponent & ((1 << -scale) - 1)) == 0;
    }
  }

  /** Two buckets become one with each step of the scale. */
  private static Map<Integer, Long> merged(Map<Integer, Long> buckets, int steps) {
    Map<Integer, Long> merged = new TreeMap<>();
    buckets.forEach((index, count) -> merged.merge(index >> steps, count, Long::sum));
    return merged;
  }

  private static Optional<Map<Integer, Long>> added(
      Map<Integer, Long> now, Map<Integer, Long> before) {
    Map<Integer, Long> added = new TreeMap<>(now);
    before.forEach((index, count) -> added.merge(index, -count, Long::sum));
    added.values().removeIf(count -> count == 0);
    return added.values().stream().anyMatch(count -> count < 0)
        ? Optional.empty()
        : Optional.of(added);
  }

  private static long sum(Map<Integer, Long> buckets) {
    return buckets.values().stream().mapToLong(Long::longValue).sum();
  }
}
