// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.TimeWindow;
import dev.nines.transport.Sums;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ladders of all budgets, in {@link Chunks} of 64 cells; an update changes one chunk a rung.
 */
final class Cells {

  private final Chunks chunks;

  Cells(Chunks chunks) {
    this.chunks = chunks;
  }

  /** Events of the cells of a window; sums of them are {@link Sums#capped}. */
  record Sum(long bad, long total, long uncertain) {
    static final Sum ZERO = new Sum(0, 0, 0);

    Sum plus(Sum other) {
      return new Sum(
          Sums.capped(bad, other.bad),
          Sums.capped(total, other.total),
          Sums.capped(uncertain, other.uncertain));
    }

    Sum minus(Sum other) {
      return new Sum(
          Sums.difference(bad, other.bad),
          Sums.difference(total, other.total),
          Sums.difference(uncertain, other.uncertain));
    }

    boolean isZero() {
      return (bad | total | uncertain) == 0;
    }

    /** So large that it may have been capped: what is added and taken away then is not exact. */
    boolean huge() {
      return Math.max(total, Math.max(uncertain, Math.max(bad, ~bad))) > Long.MAX_VALUE / 2;
    }
  }

  /**
   * @param newestBefore newest slice that the budget had, {@link Long#MIN_VALUE} for none
   * @param period rung of its period; of which those that no other window has are written
   */
  void add(BudgetKey key, long slice, long newestBefore, Sum added, Optional<Rung> period) {
    long newest = Math.max(slice, newestBefore);
    for (Rung rung : Rung.values()) {
      long cell = rung.cellOf(slice);
      boolean kept = !rung.ofPeriods() || period.isEmpty() || period.get() == rung;
      if (kept && cell >= rung.oldestCell(newest)) {
        chunks.add(new Chunks.Key(key, rung, rung.chunkOf(cell)), index(rung, cell), added);
      }
      if (newestBefore != Long.MIN_VALUE && slice > newestBefore) {
        forget(key, rung, newestBefore, slice);
      }
    }
  }

  /**
   * @param from start of the first cell of the rung, epoch seconds
   * @param to start of the last one
   */
  Sum sum(BudgetKey key, Rung rung, long from, long to) {
    Sum sum = Sum.ZERO;
    for (long number = rung.chunkOf(from); from <= to && number <= rung.chunkOf(to); number++) {
      Chunk chunk = chunks.get(new Chunks.Key(key, rung, number));
      if (chunk != null) {
        long first = Math.max(from, start(rung, number));
        long last = Math.min(to, start(rung, number + 1) - rung.cellSeconds());
        for (int i = index(rung, first); i <= index(rung, last); i++) {
          sum = sum.plus(new Sum(chunk.bad(i), chunk.total(i), chunk.uncertain(i)));
        }
      }
    }
    return sum;
  }

  /**
   * The totals of neighbouring cells, oldest first.
   *
   * @param from start of the first cell of the rung, epoch seconds
   * @param to start of the last one
   */
  long[] totals(BudgetKey key, Rung rung, long from, long to) {
    long[] totals = new long[Math.toIntExact((to - from) / rung.cellSeconds() + 1)];
    for (long number = rung.chunkOf(from); number <= rung.chunkOf(to); number++) {
      Chunk chunk = chunks.get(new Chunks.Key(key, rung, number));
      if (chunk != null) {
        long first = Math.max(from, start(rung, number));
        long last = Math.min(to, start(rung, number + 1) - rung.cellSeconds());
        for (long cell = first; cell <= last; cell += rung.cellSeconds()) {
          totals[(int) ((cell - from) / rung.cellSeconds())] = chunk.total(index(rung, cell));
        }
      }
    }
    return totals;
  }

  /**
   * A window as of a boundary: what ended before it. The cell of its rung that was open then may
   * hold later events by now; the 10 s cells tell them apart.
   *
   * @param newestSlice no cell after it has an event
   */
  Sum before(BudgetKey key, TimeWindow window, long boundaryMillis, long newestSlice) {
    Rung rung = Rung.of(window);
    long boundary = Math.floorDiv(boundaryMillis, 1_000L);
    long first = rung.firstCell(boundaryMillis, window);
    if (first > newestSlice) {
      return Sum.ZERO;
    }
    long open = rung.cellOf(boundary);
    Rung slices = Rung.TEN_SECONDS;
    return sum(key, rung, first, open - rung.cellSeconds())
        .plus(sum(key, slices, open, boundary - slices.cellSeconds()));
  }

  /** Start of the first cell with a bad event. */
  OptionalLong firstBad(BudgetKey key, Rung rung, long from, long to) {
    for (long cell = from; cell <= to; cell += rung.cellSeconds()) {
      Chunk chunk = chunks.get(new Chunks.Key(key, rung, rung.chunkOf(cell)));
      if (chunk == null) {
        cell = start(rung, rung.chunkOf(cell) + 1) - rung.cellSeconds();
      } else if (chunk.bad(index(rung, cell)) > 0) {
        return OptionalLong.of(cell);
      }
    }
    return OptionalLong.empty();
  }

  /** Deletes the chunks that fell off a rung while its newest slice moved on. */
  private void forget(BudgetKey key, Rung rung, long newestBefore, long newest) {
    long first = rung.chunkOf(rung.oldestCell(newestBefore));
    long last = rung.chunkOf(rung.oldestCell(newest)) - 1;
    long lastStored = rung.chunkOf(rung.cellOf(newestBefore));
    for (long number = first; number <= Math.min(last, lastStored); number++) {
      chunks.delete(new Chunks.Key(key, rung, number));
    }
  }

  private static long start(Rung rung, long chunk) {
    return chunk * rung.cellSeconds() * Rung.CHUNK_CELLS;
  }

  private static int index(Rung rung, long cell) {
    return (int) ((cell - start(rung, rung.chunkOf(cell))) / rung.cellSeconds());
  }
}
