// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** OTLP data points of plain samples, and what all data points share. */
final class Points {

  static final int NO_RECORDED_VALUE = 1;

  /** Ours: the point is there for its exemplars alone, and the series has not ended. */
  static final int CARRIER = 2;

  /** They name the metric and its resource. */
  private static final Set<String> NO_ATTRIBUTES = Set.of("__name__", "job", "instance");

  private static final long NANOS = 1_000_000;

  private Points() {}

  static WireWriter number(
      SortedMap<String, String> labels, Sample sample, List<Exemplar> exemplars) {
    WireWriter point = new WireWriter();
    start(point, 2, sample.startMillis());
    point.fixed64(3, nanos(sample.millis()));
    if (sample.stale()) {
      point.varint(8, NO_RECORDED_VALUE);
    } else {
      point.fixed64(4, sample.bits());
    }
    exemplars.forEach(exemplar -> point.message(5, exemplar.otlp()));
    return attributes(point, 7, labels);
  }

  /** For exemplars whose point came in another request. */
  static WireWriter carrier(SortedMap<String, String> labels, List<Exemplar> exemplars) {
    WireWriter point = new WireWriter().fixed64(3, nanos(exemplars.getFirst().millis()));
    exemplars.forEach(exemplar -> point.message(5, exemplar.otlp()));
    point.varint(8, NO_RECORDED_VALUE | CARRIER);
    return attributes(point, 7, labels);
  }

  static WireWriter attributes(WireWriter point, int field, SortedMap<String, String> labels) {
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (!NO_ATTRIBUTES.contains(label.getKey())) {
        point.message(field, attribute(label.getKey(), label.getValue()));
      }
    }
    return point;
  }

  /** A {@code KeyValue} of texts. */
  static WireWriter attribute(String key, String value) {
    return new WireWriter().text(1, key).message(2, new WireWriter().text(1, value));
  }

  static void start(WireWriter point, int field, long millis) {
    if (isTime(millis)) {
      point.fixed64(field, nanos(millis));
    }
  }

  /** After 1970, and such that its nanoseconds are a number: before 2262. */
  static boolean isTime(long millis) {
    return millis > 0 && millis <= Long.MAX_VALUE / NANOS;
  }

  static long nanos(long millis) {
    return millis * NANOS;
  }
}
