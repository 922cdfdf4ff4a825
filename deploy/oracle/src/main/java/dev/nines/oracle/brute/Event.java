// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle.brute;

import java.util.Map;

/** What clients send. Times are epoch nanoseconds. */
public sealed interface Event {

  String service();

  Map<String, String> attributes();

  /** A span; the attributes are its own. */
  record Span(
      String service,
      String operation,
      String kind,
      Map<String, String> attributes,
      long startNanos,
      long endNanos,
      boolean error)
      implements Event {}

  /**
   * A point of a monotonic, cumulative counter.
   *
   * @param startNanos when the counter was last 0
   */
  record Point(
      String service,
      String metric,
      Map<String, String> attributes,
      long startNanos,
      long timeNanos,
      long value)
      implements Event {}

  /** A point of a gauge. */
  record Gauge(
      String service, String metric, Map<String, String> attributes, long timeNanos, double value)
      implements Event {}
}
