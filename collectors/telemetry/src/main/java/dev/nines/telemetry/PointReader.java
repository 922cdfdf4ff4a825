// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import dev.nines.telemetry.NumberPointView.Kind;

/** Reads OTLP data points; exemplars are checked and kept as slices. */
final class PointReader {

  /** Buckets, bounds, quantiles or exemplars of one point. */
  static final int MAX_VALUES = 16_384;

  private final WireReader wire;
  private final AttributeReader attributes;

  PointReader(WireReader wire, AttributeReader attributes) {
    this.wire = wire;
    this.attributes = attributes;
  }

  /** Reads the point that the cursor stands before. */
  void read(PointView point) {
    point.clear();
    int start = wire.position();
    wire.slice(point.message, "data_points");
    wire.rewind(start);
    int outer = wire.enter("data_points");
    switch (point) {
      case NumberPointView number -> number(number);
      case HistogramPointView histogram -> histogram(histogram);
      case ExponentialPointView exponential -> exponential(exponential);
      case SummaryPointView summary -> summary(summary);
    }
    wire.leave(outer);
  }

  private void number(NumberPointView point) {
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 17 -> point.startNanos = wire.fixed64();
        case 25 -> point.timeNanos = wire.fixed64();
        case 33 -> value(point, Kind.DOUBLE);
        case 42 -> exemplar(point.exemplars);
        case 49 -> value(point, Kind.INT);
        case 58 -> attributes.read(point.attributes);
        case 64 -> point.flags = (int) wire.varint();
        default -> wire.skip(tag);
      }
    }
  }

  private void value(NumberPointView point, Kind kind) {
    point.kind = kind;
    point.bits = wire.fixed64();
  }

  private void histogram(HistogramPointView point) {
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 17 -> point.startNanos = wire.fixed64();
        case 25 -> point.timeNanos = wire.fixed64();
        case 33 -> point.count = wire.fixed64();
        case 41 -> point.sum.set(wire.float64());
        case 49 -> addFixed(point.bucketCounts);
        case 50 -> packedFixed(point.bucketCounts);
        case 57 -> addDouble(point.explicitBounds);
        case 58 -> packedDoubles(point.explicitBounds);
        case 66 -> exemplar(point.exemplars);
        case 74 -> attributes.read(point.attributes);
        case 80 -> point.flags = (int) wire.varint();
        case 89 -> point.min.set(wire.float64());
        case 97 -> point.max.set(wire.float64());
        default -> wire.skip(tag);
      }
    }
  }

  private void exponential(ExponentialPointView point) {
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 10 -> attributes.read(point.attributes);
        case 17 -> point.startNanos = wire.fixed64();
        case 25 -> point.timeNanos = wire.fixed64();
        case 33 -> point.count = wire.fixed64();
        case 41 -> point.sum.set(wire.float64());
        case 48 -> point.scale = wire.sint32();
        case 57 -> point.zeroCount = wire.fixed64();
        case 66 -> buckets(point.positive, "positive");
        case 74 -> buckets(point.negative, "negative");
        case 80 -> point.flags = (int) wire.varint();
        case 90 -> exemplar(point.exemplars);
        case 97 -> point.min.set(wire.float64());
        case 105 -> point.max.set(wire.float64());
        case 113 -> point.zeroThreshold = wire.float64();
        default -> wire.skip(tag);
      }
    }
  }

  private void summary(SummaryPointView point) {
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 17 -> point.startNanos = wire.fixed64();
        case 25 -> point.timeNanos = wire.fixed64();
        case 33 -> point.count = wire.fixed64();
        case 41 -> point.sum = wire.float64();
        case 50 -> quantile(point);
        case 58 -> attributes.read(point.attributes);
        case 64 -> point.flags = (int) wire.varint();
        default -> wire.skip(tag);
      }
    }
  }

  private void quantile(SummaryPointView point) {
    int outer = wire.enter("quantile_values");
    double quantile = 0;
    double value = 0;
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 9 -> quantile = wire.float64();
        case 17 -> value = wire.float64();
        default -> wire.skip(tag);
      }
    }
    bound(point.quantiles.size(), "quantile_values");
    point.quantiles.add(quantile);
    point.values.add(value);
    wire.leave(outer);
  }

  private void buckets(ExponentialPointView.Buckets buckets, String field) {
    int outer = wire.enter(field);
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 8 -> buckets.offset = wire.sint32();
        case 16 -> addVarint(buckets.counts);
        case 18 -> packedVarints(buckets.counts);
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void packedFixed(LongList into) {
    int outer = wire.enter("bucket_counts");
    while (wire.more()) {
      addFixed(into);
    }
    wire.leave(outer);
  }

  private void packedVarints(LongList into) {
    int outer = wire.enter("bucket_counts");
    while (wire.more()) {
      addVarint(into);
    }
    wire.leave(outer);
  }

  private void packedDoubles(DoubleList into) {
    int outer = wire.enter("explicit_bounds");
    while (wire.more()) {
      addDouble(into);
    }
    wire.leave(outer);
  }

  private void addFixed(LongList into) {
    bound(into.size(), "bucket_counts");
    into.add(wire.fixed64());
  }

  private void addVarint(LongList into) {
    bound(into.size(), "bucket_counts");
    into.add(wire.varint());
  }

  private void addDouble(DoubleList into) {
    bound(into.size(), "explicit_bounds");
    into.add(wire.float64());
  }

  private void exemplar(SliceList into) {
    bound(into.size(), "exemplars");
    int start = wire.position();
    wire.slice(into.add(), "exemplars");
    wire.rewind(start);
    int outer = wire.enter("exemplars");
    int entries = 0;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 58) {
        attributes.check("filtered_attributes", entries++);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void bound(int values, String field) {
    if (values >= MAX_VALUES) {
      throw wire.malformed("more than " + MAX_VALUES + " " + field, wire.position());
    }
  }
}
