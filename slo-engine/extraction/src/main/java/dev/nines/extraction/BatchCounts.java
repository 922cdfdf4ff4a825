// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.objectives.Group;
import dev.nines.telemetry.Slice;
import dev.nines.telemetry.SpanView;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Good and total of one batch per SLO, group and slice; reaches the store only when the walk was
 * whole.
 */
final class BatchCounts {

  static final char KIND = 'c';

  private final Map<CompiledSlo, Tally> whole = new IdentityHashMap<>();
  private final Map<CompiledSlo, Groups> divided = new IdentityHashMap<>();

  /** A span that the SLO selects. */
  void add(CompiledSlo slo, SpanView span, long sliceStartSeconds, boolean good, boolean skewed) {
    Cell cell = tally(slo, span).at(sliceStartSeconds);
    cell.total++;
    if (good) {
      cell.good++;
    }
    if (skewed) {
      cell.skewed++;
    }
  }

  /** Adds all to the pending sums; returns how many keys were touched. */
  int addTo(Sums pending, String region, long appendedAt) {
    int keys = 0;
    for (Map.Entry<CompiledSlo, Tally> entry : whole.entrySet()) {
      keys += add(pending, entry.getKey(), region, Group.ALL, entry.getValue(), appendedAt);
    }
    for (Map.Entry<CompiledSlo, Groups> entry : divided.entrySet()) {
      for (Map.Entry<Slice, Tally> group : entry.getValue().tallies.entrySet()) {
        String name = Grouping.name(group.getKey());
        keys += add(pending, entry.getKey(), region, name, group.getValue(), appendedAt);
      }
    }
    return keys;
  }

  private Tally tally(CompiledSlo slo, SpanView span) {
    @Nullable Grouping grouping = slo.grouping();
    return grouping == null
        ? whole.computeIfAbsent(slo, s -> new Tally())
        : divided.computeIfAbsent(slo, s -> new Groups()).of(grouping.raw(span));
  }

  private static int add(
      Sums pending, CompiledSlo slo, String region, String group, Tally tally, long appendedAt) {
    for (Map.Entry<Long, Cell> slice : tally.cells.entrySet()) {
      SumKey key =
          new SumKey(
              KIND,
              List.of(slo.id(), region, group, slo.slo().groupBy()),
              List.of(slo.slo().line(), slice.getKey()));
      Cell cell = slice.getValue();
      pending.add(key, appendedAt, cell.good, cell.total, cell.skewed);
    }
    return tally.cells.size();
  }

  /** By raw value: a name is made once a batch, not once a span. */
  private static final class Groups {
    private final Map<Slice, Tally> tallies = new HashMap<>();

    Tally of(Slice raw) {
      Tally known = tallies.get(raw);
      if (known == null) {
        known = new Tally();
        tallies.put(raw.copy(), known);
      }
      return known;
    }
  }

  private static final class Tally {
    private final Map<Long, Cell> cells = new HashMap<>();
    private long lastSlice = Long.MIN_VALUE;
    private Cell last = new Cell();

    /** Neighbours in a batch mostly share their slice. */
    Cell at(long slice) {
      if (slice != lastSlice) {
        last = cells.computeIfAbsent(slice, s -> new Cell());
        lastSlice = slice;
      }
      return last;
    }
  }

  private static final class Cell {
    private long good;
    private long total;
    private long skewed;
  }
}
