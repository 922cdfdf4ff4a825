// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Good and total of one batch per SLO and slice; reaches the store only when the walk was whole.
 */
final class BatchCounts {

  static final char KIND = 'c';

  private final Map<CompiledSlo, Tally> tallies = new IdentityHashMap<>();

  void add(CompiledSlo slo, long sliceStartSeconds, boolean good, boolean skewed) {
    Cell cell = tallies.computeIfAbsent(slo, s -> new Tally()).at(sliceStartSeconds);
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
    for (Map.Entry<CompiledSlo, Tally> entry : tallies.entrySet()) {
      CompiledSlo slo = entry.getKey();
      for (Map.Entry<Long, Cell> slice : entry.getValue().cells.entrySet()) {
        SumKey key =
            new SumKey(
                KIND, List.of(slo.id(), region, ""), List.of(slo.slo().line(), slice.getKey()));
        Cell cell = slice.getValue();
        pending.add(key, appendedAt, cell.good, cell.total, cell.skewed);
        keys++;
      }
    }
    return keys;
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
