// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.ExponentialPointView;
import dev.nines.telemetry.HistogramPointView;
import dev.nines.telemetry.LongList;
import dev.nines.telemetry.NumberPointView;
import dev.nines.telemetry.PointView;
import dev.nines.telemetry.SummaryPointView;
import dev.nines.telemetry.Temporality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the events that a point counts, in integers. */
final class MeasureReader {

  /** 2^53: up to here every integer is a double. */
  private static final double EXACT_MAX = 9_007_199_254_740_992.0;

  /** SDKs use 160 at most; a record of more would outgrow its topic. */
  private static final int BUCKETS_MAX = 1_000;

  private static final int SCALE_MIN = -10;
  private static final int SCALE_MAX = 20;

  private MeasureReader() {}

  /** What was read, or why the point counts nothing. */
  sealed interface Result {

    record Read(Measure measure) implements Result {}

    /**
     * @param outcome bounded word: label of the metric that counts such points
     */
    record Refused(String outcome) implements Result {}
  }

  static Result read(PointView point) {
    if (point.noRecordedValue()) {
      return new Result.Refused("noValue");
    }
    boolean temporal = point.metric().temporality() != Temporality.UNSPECIFIED;
    return switch (point) {
      case NumberPointView number ->
          temporal && point.metric().monotonic()
              ? number(number)
              : new Result.Refused("notCounter");
      case HistogramPointView histogram ->
          temporal ? explicit(histogram) : new Result.Refused("notCounter");
      case ExponentialPointView histogram ->
          temporal ? exponential(histogram) : new Result.Refused("notCounter");
      case SummaryPointView summary -> new Result.Refused("notCounter");
    };
  }

  private static Result number(NumberPointView point) {
    return switch (point.kind()) {
      case NONE -> new Result.Refused("noValue");
      case INT -> count(point.intValue());
      case DOUBLE -> {
        double value = point.doubleValue();
        yield Math.rint(value) == value && Math.abs(value) <= EXACT_MAX
            ? count((long) value)
            : new Result.Refused("fractional");
      }
    };
  }

  private static Result count(long value) {
    return value < 0 ? new Result.Refused("malformed") : new Result.Read(new Measure.Count(value));
  }

  private static Result explicit(HistogramPointView point) {
    if (point.bucketCounts().isEmpty()) {
      return count(point.count());
    }
    double[] bounds = point.explicitBounds().toArray();
    long[] counts = point.bucketCounts().toArray();
    boolean fits = counts.length == bounds.length + 1 && counts.length <= BUCKETS_MAX;
    return fits && rising(bounds) && addsUp(point.count(), counts)
        ? new Result.Read(
            new ExplicitBuckets(
                Arrays.stream(bounds).boxed().toList(), Arrays.stream(counts).boxed().toList()))
        : new Result.Refused("malformed");
  }

  private static Result exponential(ExponentialPointView point) {
    LongList up = point.positive().counts();
    LongList down = point.negative().counts();
    List<Long> all = new ArrayList<>();
    all.add(point.zeroCount());
    Arrays.stream(up.toArray()).forEach(all::add);
    Arrays.stream(down.toArray()).forEach(all::add);
    boolean fits =
        up.size() + down.size() <= BUCKETS_MAX
            && point.scale() >= SCALE_MIN
            && point.scale() <= SCALE_MAX
            && point.zeroThreshold() >= 0
            && Double.isFinite(point.zeroThreshold());
    return fits && addsUp(point.count(), all.stream().mapToLong(Long::longValue).toArray())
        ? new Result.Read(
            new ExponentialBuckets(
                point.scale(),
                point.zeroCount(),
                point.zeroThreshold(),
                byIndex(point.positive()),
                byIndex(point.negative())))
        : new Result.Refused("malformed");
  }

  private static Map<Integer, Long> byIndex(ExponentialPointView.Buckets buckets) {
    Map<Integer, Long> byIndex = new TreeMap<>();
    for (int i = 0; i < buckets.counts().size(); i++) {
      if (buckets.counts().get(i) != 0) {
        byIndex.put(buckets.offset() + i, buckets.counts().get(i));
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
