// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.RedRollup;
import dev.nines.telemetry.Slice;
import dev.nines.telemetry.SpanView;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rate, errors and duration of one batch per operation and slice. */
final class BatchRollups {

  static final char KIND = 'r';

  private static final int NAME_CHARS_MAX = 200;
  private static final int FIXED = 3;
  private static final long[] BOUNDS_NANOS =
      RedRollup.BOUNDS_MILLIS.stream().mapToLong(millis -> millis * 1_000_000).toArray();

  private final Map<Key, long[]> cells = new HashMap<>();

  void add(SpanView span, long sliceStartSeconds) {
    Key probe = new Key(span.serviceName(), span.name(), span.kind(), sliceStartSeconds);
    long[] cell = cells.get(probe);
    if (cell == null) {
      cell = new long[FIXED + BOUNDS_NANOS.length + 1];
      cells.put(probe.frozen(), cell);
    }
    cell[0]++;
    cell[1] += span.failed() ? 1 : 0;
    cell[2] = Sums.capped(cell[2], span.durationNanos());
    cell[FIXED + bucket(span.durationNanos())]++;
  }

  /**
   * @return how many sums were added to
   */
  int addTo(Sums pending, String tenant, String region, OperationLimit limit, long appendedAt) {
    for (Map.Entry<Key, long[]> entry : cells.entrySet()) {
      Key key = entry.getKey();
      OperationLimit.Names names =
          limit.admit(tenant, shortened(key.service.utf8()), shortened(key.operation.utf8()));
      List<String> texts =
          List.of(
              tenant, region, names.service(), names.operation(), CompiledSlo.kindName(key.kind));
      pending.add(new SumKey(KIND, texts, List.of(key.slice)), appendedAt, entry.getValue());
    }
    return cells.size();
  }

  private static int bucket(long nanos) {
    int index = 0;
    while (index < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[index]) {
      index++;
    }
    return index;
  }

  private static String shortened(String name) {
    return name.length() <= NAME_CHARS_MAX ? name : name.substring(0, NAME_CHARS_MAX);
  }

  private record Key(Slice service, Slice operation, int kind, long slice) {
    Key frozen() {
      return new Key(service.copy(), operation.copy(), kind, slice);
    }
  }
}
