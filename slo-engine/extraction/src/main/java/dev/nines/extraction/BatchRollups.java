// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.RedRollup;
import dev.nines.telemetry.SpanView;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import java.util.ArrayList;
import java.util.List;

/**
 * Rate, errors and duration of the spans of one batch, which reach the pending sums only when the
 * walk was whole. They are not summed before: most spans of a batch are of different rows.
 */
final class BatchRollups {

  static final char KIND = 'r';

  private static final int FIXED = 3;
  private static final long[] BOUNDS_NANOS =
      RedRollup.BOUNDS_MILLIS.stream().mapToLong(millis -> millis * 1_000_000).toArray();

  private final List<Row> rows = new ArrayList<>();

  private record Row(SumKey key, boolean failed, long durationNanos) {}

  void add(SumKey key, SpanView span) {
    rows.add(new Row(key, span.failed(), span.durationNanos()));
  }

  void addTo(Sums pending, long appendedAt) {
    long[] cell = new long[FIXED + BOUNDS_NANOS.length + 1];
    for (Row row : rows) {
      int bucket = FIXED + bucket(row.durationNanos);
      cell[0] = 1;
      cell[1] = row.failed ? 1 : 0;
      cell[2] = row.durationNanos;
      cell[bucket] = 1;
      pending.add(row.key, appendedAt, cell);
      cell[bucket] = 0;
    }
  }

  private static int bucket(long nanos) {
    int index = 0;
    while (index < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[index]) {
      index++;
    }
    return index;
  }
}
