// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * The rules of the OTLP data model that a data point must keep. As with spans, the order of its
 * times is not among them: clocks go back.
 */
public final class PointCheck {

  private PointCheck() {}

  /** The first rule that the point breaks; null for a good one. */
  public static @Nullable Defect defect(PointView point) {
    MetricView metric = point.metric();
    if (metric.name().isEmpty()) {
      return Defect.NAME;
    }
    if (point.timeNanos() == 0) {
      return Defect.TIME;
    }
    if (metric.type().hasTemporality() && metric.temporality() == Temporality.UNSPECIFIED) {
      return Defect.TEMPORALITY;
    }
    return point.noRecordedValue() ? null : valueDefect(point);
  }

  private static @Nullable Defect valueDefect(PointView point) {
    return switch (point) {
      case NumberPointView number ->
          number.kind() == NumberPointView.Kind.NONE ? Defect.VALUE : null;
      case HistogramPointView histogram -> histogramDefect(histogram);
      case ExponentialPointView exponential -> exponentialDefect(exponential);
      case SummaryPointView summary -> summary.count() < 0 ? Defect.COUNT : null;
    };
  }

  private static @Nullable Defect histogramDefect(HistogramPointView point) {
    int buckets = point.bucketCounts().size();
    int bounds = point.explicitBounds().size();
    if (buckets == 0 && bounds == 0) {
      return point.count() < 0 ? Defect.COUNT : null;
    }
    if (buckets != bounds + 1 || !rise(point.explicitBounds())) {
      return Defect.BUCKETS;
    }
    return isCount(point.count(), add(0, point.bucketCounts())) ? null : Defect.COUNT;
  }

  private static @Nullable Defect exponentialDefect(ExponentialPointView point) {
    long sum = add(add(point.zeroCount(), point.positive().counts()), point.negative().counts());
    return isCount(point.count(), sum) ? null : Defect.COUNT;
  }

  private static boolean isCount(long count, long sum) {
    return sum >= 0 && sum == count;
  }

  /** A bound that is not a number rises above nothing. */
  private static boolean rise(DoubleList bounds) {
    for (int i = 1; i < bounds.size(); i++) {
      if (!(bounds.get(i) > bounds.get(i - 1))) {
        return false;
      }
    }
    return bounds.isEmpty() || !Double.isNaN(bounds.get(0));
  }

  /** The sum, or -1 when it or a part of it is over 2^63. */
  private static long add(long sum, LongList counts) {
    long total = sum < 0 ? -1 : sum;
    for (int i = 0; i < counts.size() && total >= 0; i++) {
      long count = counts.get(i);
      total = count < 0 || total + count < 0 ? -1 : total + count;
    }
    return total;
  }
}
