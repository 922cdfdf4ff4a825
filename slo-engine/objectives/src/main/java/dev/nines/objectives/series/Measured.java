// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The events of a point, read from its numbers, or why it counts nothing. */
public sealed interface Measured {

  /** 2^53: up to here every integer is a double. */
  double EXACT_MAX = 9_007_199_254_740_992.0;

  /** SDKs use 160 at most; a record of more would outgrow its topic. */
  int BUCKETS_MAX = 1_000;

  int SCALE_MIN = -10;
  int SCALE_MAX = 20;

  record Read(Measure measure) implements Measured {}

  /**
   * @param outcome bounded word: label of the metric that counts such points
   */
  record Refused(String outcome) implements Measured {}

  static Measured whole(long value) {
    return value < 0 ? new Refused("malformed") : new Read(new Measure.Count(value));
  }

  static Measured real(double value) {
    return Math.rint(value) == value && Math.abs(value) <= EXACT_MAX
        ? whole((long) value)
        : new Refused("fractional");
  }

  /**
   * A histogram with explicit bounds, or with none.
   *
   * @param count of all events; over 2^63 it is negative, as counts are
   */
  static Measured explicit(long count, double[] bounds, long[] counts) {
    if (counts.length == 0) {
      return whole(count);
    }
    boolean fits = counts.length == bounds.length + 1 && counts.length <= BUCKETS_MAX;
    return fits && rising(bounds) && addsUp(count, counts)
        ? new Read(
            new ExplicitBuckets(
                Arrays.stream(bounds).boxed().toList(), Arrays.stream(counts).boxed().toList()))
        : new Refused("malformed");
  }

  /** Neighbouring buckets of an exponential histogram on one side of zero. */
  record Side(int offset, long[] counts) {}

  static Measured exponential(
      long count, int scale, long zeroCount, double zeroThreshold, Side positive, Side negative) {
    List<Long> all = new ArrayList<>();
    all.add(zeroCount);
    Arrays.stream(positive.counts).forEach(all::add);
    Arrays.stream(negative.counts).forEach(all::add);
    boolean fits =
        positive.counts.length + negative.counts.length <= BUCKETS_MAX
            && scale >= SCALE_MIN
            && scale <= SCALE_MAX
            && zeroThreshold >= 0
            && Double.isFinite(zeroThreshold);
    return fits && addsUp(count, all.stream().mapToLong(Long::longValue).toArray())
        ? new Read(
            new ExponentialBuckets(
                scale, zeroCount, zeroThreshold, byIndex(positive), byIndex(negative)))
        : new Refused("malformed");
  }

  private static Map<Integer, Long> byIndex(Side side) {
    Map<Integer, Long> byIndex = new TreeMap<>();
    for (int i = 0; i < side.counts.length; i++) {
      if (side.counts[i] != 0) {
        byIndex.put(side.offset + i, side.counts[i]);
      }
    }
    return byIndex;
  }

  /** A bound that is no number is not above the one before. */
  private static boolean rising(double[] bounds) {
    for (int i = 0; i < bounds.length; i++) {
      double before = i == 0 ? Double.NEGATIVE_INFINITY : bounds[i - 1];
      if (!(bounds[i] > before) || Double.isInfinite(bounds[i])) {
        return false;
      }
    }
    return true;
  }

  /** Counts over 2^63 are negative here: a client that counts so much is wrong. */
  private static boolean addsUp(long count, long[] counts) {
    long sum = 0;
    for (long each : counts) {
      if (each < 0 || each > Long.MAX_VALUE - sum) {
        return false;
      }
      sum += each;
    }
    return sum == count;
  }
}
