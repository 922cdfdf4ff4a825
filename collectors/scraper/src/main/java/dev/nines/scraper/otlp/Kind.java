// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import dev.nines.telemetry.WireWriter;

/** What a metric is in OTLP, by its fields in {@code metrics.proto}. */
enum Kind {
  GAUGE(5, 7, 8),
  /** A sum that never falls but by a reset. */
  COUNTER(7, 7, 8),
  /** A sum that rises and falls: states, and what is 1 for its labels. */
  SUM(7, 7, 8),
  HISTOGRAM(9, 9, 10),
  SUMMARY(11, 7, 8);

  private static final int CUMULATIVE = 2;

  private final int data;
  private final int attributes;
  private final int flags;

  Kind(int data, int attributes, int flags) {
    this.data = data;
    this.attributes = attributes;
    this.flags = flags;
  }

  /** Field of a metric for its data. */
  int data() {
    return data;
  }

  /** Field of a point for its attributes. */
  int attributes() {
    return attributes;
  }

  /** Field of a point for its flags. */
  int flags() {
    return flags;
  }

  /** What stands beside the points. */
  void describe(WireWriter points) {
    if (this == COUNTER || this == SUM || this == HISTOGRAM) {
      points.varint(2, CUMULATIVE);
    }
    if (this == COUNTER) {
      points.varint(3, 1);
    }
  }
}
