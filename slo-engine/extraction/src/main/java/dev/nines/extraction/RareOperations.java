// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.SpanView;
import io.prometheus.client.Counter;
import java.util.HashMap;
import java.util.Map;

/**
 * The first spans of an operation of a tenant in a minute of a region and task are rare, so that
 * each operation has some whole traces, however seldom it is. Over the bound no further one is, and
 * its spans are counted.
 */
final class RareOperations {

  private static final int SPANS = 2;
  private static final int OPERATIONS_MAX = 5_000;
  private static final long MINUTE_MILLIS = 60_000;

  private final Counter beyond;
  private final Map<Long, int[]> seen = new HashMap<>();
  private long minute = Long.MIN_VALUE;

  /**
   * @param beyond counts spans of operations over the bound
   */
  RareOperations(Counter beyond) {
    this.beyond = beyond;
  }

  boolean isRare(SpanView span, long appendedAt) {
    long now = Math.floorDiv(appendedAt, MINUTE_MILLIS);
    if (now > minute) {
      seen.clear();
      minute = now;
    }
    Long operation = hash(span);
    int[] spans = seen.get(operation);
    if (spans == null) {
      if (seen.size() >= OPERATIONS_MAX) {
        beyond.inc();
        return false;
      }
      spans = new int[1];
      seen.put(operation, spans);
    }
    if (spans[0] >= SPANS) {
      return false;
    }
    spans[0]++;
    return true;
  }

  /** Names may be long. Two of one hash share what is kept of them. */
  private static long hash(SpanView span) {
    return ((long) span.serviceName().hashCode() << Integer.SIZE)
        | (span.name().hashCode() & 0xffffffffL);
  }
}
