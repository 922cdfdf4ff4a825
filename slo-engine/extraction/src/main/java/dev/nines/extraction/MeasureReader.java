// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.objectives.series.Measured;
import dev.nines.objectives.series.Measured.Refused;
import dev.nines.objectives.series.Measured.Side;
import dev.nines.telemetry.ExponentialPointView;
import dev.nines.telemetry.HistogramPointView;
import dev.nines.telemetry.NumberPointView;
import dev.nines.telemetry.PointView;
import dev.nines.telemetry.SummaryPointView;
import dev.nines.telemetry.Temporality;

/** Reads the events that a point counts, in integers. */
final class MeasureReader {

  private MeasureReader() {}

  static Measured read(PointView point) {
    if (point.noRecordedValue()) {
      return new Refused("noValue");
    }
    boolean temporal = point.metric().temporality() != Temporality.UNSPECIFIED;
    return switch (point) {
      case NumberPointView number ->
          temporal && point.metric().monotonic() ? number(number) : new Refused("notCounter");
      case HistogramPointView histogram ->
          temporal ? explicit(histogram) : new Refused("notCounter");
      case ExponentialPointView histogram ->
          temporal ? exponential(histogram) : new Refused("notCounter");
      case SummaryPointView summary -> new Refused("notCounter");
    };
  }

  private static Measured number(NumberPointView point) {
    return switch (point.kind()) {
      case NONE -> new Refused("noValue");
      case INT -> Measured.whole(point.intValue());
      case DOUBLE -> Measured.real(point.doubleValue());
    };
  }

  private static Measured explicit(HistogramPointView point) {
    return Measured.explicit(
        point.count(), point.explicitBounds().toArray(), point.bucketCounts().toArray());
  }

  private static Measured exponential(ExponentialPointView point) {
    return Measured.exponential(
        point.count(),
        point.scale(),
        point.zeroCount(),
        point.zeroThreshold(),
        side(point.positive()),
        side(point.negative()));
  }

  private static Side side(ExponentialPointView.Buckets buckets) {
    return new Side(buckets.offset(), buckets.counts().toArray());
  }
}
