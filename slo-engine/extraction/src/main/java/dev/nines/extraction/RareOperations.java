// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.Slice;
import dev.nines.telemetry.SpanView;
import java.util.HashMap;
import java.util.Map;

/**
 * The first spans of an operation in a minute of a task are rare, so that each operation has some
 * whole traces, however seldom it is. Over the bound no further operation is.
 */
final class RareOperations {

  private static final int SPANS = 2;
  private static final int OPERATIONS_MAX = 10_000;
  private static final long MINUTE_MILLIS = 60_000;

  private final Map<Operation, int[]> seen = new HashMap<>();
  private long minute = Long.MIN_VALUE;

  private record Operation(String tenant, Slice service, Slice name) {}

  boolean isRare(String tenant, SpanView span, long appendedAt) {
    long now = Math.floorDiv(appendedAt, MINUTE_MILLIS);
    if (now > minute) {
      seen.clear();
      minute = now;
    }
    int[] spans = seen.get(new Operation(tenant, span.serviceName(), span.name()));
    if (spans == null) {
      if (seen.size() >= OPERATIONS_MAX) {
        return false;
      }
      spans = new int[1];
      seen.put(new Operation(tenant, span.serviceName().copy(), span.name().copy()), spans);
    }
    if (spans[0] >= SPANS) {
      return false;
    }
    spans[0]++;
    return true;
  }
}
