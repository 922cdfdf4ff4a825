// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/** The five kinds of OTLP metric; the number is its field in {@code Metric}, which names it. */
public enum MetricType {
  GAUGE(5),
  SUM(7),
  HISTOGRAM(9),
  EXPONENTIAL_HISTOGRAM(10),
  SUMMARY(11);

  private final int field;

  MetricType(int field) {
    this.field = field;
  }

  /** Field number in OTLP {@code Metric}; stable for ever, so fit for storage and hashes. */
  public int field() {
    return field;
  }

  /** Whether points of this type are deltas or cumulative. */
  public boolean hasTemporality() {
    return this == SUM || this == HISTOGRAM || this == EXPONENTIAL_HISTOGRAM;
  }
}
