// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import org.jspecify.annotations.Nullable;

/** Reads what an OTLP {@code Metric} says of itself, in a pass of its own before its points. */
final class MetricReader {

  private final WireReader wire;
  private final AttributeReader attributes;

  MetricReader(WireReader wire, AttributeReader attributes) {
    this.wire = wire;
    this.attributes = attributes;
  }

  /**
   * Fills the view from the open message and leaves the cursor where its data begin. As in
   * protobuf, of data of different types the last count, and data of one type are merged.
   *
   * @return the tag of its data, or -1
   */
  int read(MetricView metric) {
    metric.clearMetric();
    int dataTag = -1;
    int dataStart = wire.position();
    int entries = 0;
    while (wire.more()) {
      int before = wire.position();
      int tag = wire.tag();
      MetricType type = type(tag);
      if (type != null) {
        if (tag != dataTag) {
          dataTag = tag;
          dataStart = before;
          metric.begin(type);
        }
        data(metric);
      } else if (tag == 98) {
        attributes.check("metadata", entries++);
      } else {
        text(metric, tag);
      }
    }
    wire.rewind(dataTag < 0 ? wire.limit() : dataStart);
    return dataTag;
  }

  /** How errors name the data of a type. */
  static String field(MetricType type) {
    return switch (type) {
      case GAUGE -> "gauge";
      case SUM -> "sum";
      case HISTOGRAM -> "histogram";
      case EXPONENTIAL_HISTOGRAM -> "exponential_histogram";
      case SUMMARY -> "summary";
    };
  }

  private void text(MetricView metric, int tag) {
    switch (tag) {
      case 10 -> wire.slice(metric.name, "name");
      case 18 -> wire.slice(metric.description, "description");
      case 26 -> wire.slice(metric.unit, "unit");
      default -> wire.skip(tag);
    }
  }

  /** Temporality and monotonic follow the points, which are passed over here. */
  private void data(MetricView metric) {
    int outer = wire.enter(field(metric.type));
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 16 && metric.type.hasTemporality()) {
        metric.temporality = Temporality.of(wire.varint());
      } else if (tag == 24 && metric.type == MetricType.SUM) {
        metric.monotonic = wire.varint() != 0;
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  /** The type whose data a field holds; null for every other field. */
  static @Nullable MetricType type(int tag) {
    return switch (tag) {
      case 42 -> MetricType.GAUGE;
      case 58 -> MetricType.SUM;
      case 74 -> MetricType.HISTOGRAM;
      case 82 -> MetricType.EXPONENTIAL_HISTOGRAM;
      case 90 -> MetricType.SUMMARY;
      default -> null;
    };
  }
}
