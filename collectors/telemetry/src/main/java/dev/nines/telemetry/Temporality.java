// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/** OTLP {@code AggregationTemporality} in wire order; gauges and summaries have none. */
public enum Temporality {
  UNSPECIFIED,
  DELTA,
  CUMULATIVE;

  static Temporality of(long number) {
    return switch ((int) number) {
      case 1 -> DELTA;
      case 2 -> CUMULATIVE;
      default -> UNSPECIFIED;
    };
  }
}
