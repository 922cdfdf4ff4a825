// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.TimeWindow;
import dev.nines.transport.Sums;
import dev.nines.transport.Varint;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ladder of one budget: cells of each {@link Rung}, in {@link Chunks} of 64. What is counted
 * now is in cells that are open, and seldom touches a chunk.
 */
final class Ladder {

  private static final int OPEN_BYTES = 1 + 4 * Varint.LONGEST;

  private final BudgetKey key;
  private final Chunks chunks;
  private final @Nullable OpenCells[] open = new OpenCells[Rung.values().length];

  Ladder(BudgetKey key, Chunks chunks) {
    this.key = key;
    this.chunks = chunks;
  }

  /**
   * Takes the open cells that were stored; those of a former version are in their chunks.
   *
   * @param newest slice that the budget has, epoch seconds
   */
  void read(ByteBuffer head, long newest) {
    int cells = head.hasRemaining() ? head.get() : 0;
    for (int i = 0; i < cells; i++) {
      Rung rung = Rung.values()[head.get()];
      long start = Varint.get(head);
      var _ =
          open(rung, newest)
              .add(start, new CellSum(Varint.get(head), Varint.get(head), Varint.get(head)));
    }
  }

  /** Bytes that {@link #write} needs at most. */
  int bytesMax() {
    return 1 + openCells() * OPEN_BYTES;
  }

  void write(ByteBuffer head) {
    head.put((byte) openCells());
    for (Rung rung : Rung.values()) {
      OpenCells cells = open[rung.ordinal()];
      if (cells != null) {
        cells.write(rung, head);
      }
    }
  }

  private int openCells() {
    return Stream.of(open).filter(Objects::nonNull).mapToInt(OpenCells::size).sum();
  }

  /**
   * @param newestBefore newest slice that the budget had, {@link Long#MIN_VALUE} for none
   * @param period rung of its period; of which those that no other window has are written
   */
  void add(long slice, long newestBefore, CellSum added, Optional<Rung> period) {
    long newest = Math.max(slice, newestBefore);
    for (Rung rung : Rung.values()) {
      long cell = rung.cellOf(slice);
      boolean kept = !rung.ofPeriods() || period.isEmpty() || period.get() == rung;
      if (kept && cell >= rung.oldestCell(newest)) {
        store(rung, open(rung, newestBefore).add(cell, added), newest);
      } else if (!kept) {
        open[rung.ordinal()] = null; // of the time before its period was known
      }
      if (newestBefore != Long.MIN_VALUE && slice > newestBefore) {
        forget(rung, newestBefore, slice);
      }
    }
  }

  /** One that leaves when it is kept no longer is gone: its chunk may be, and would stay. */
  private void store(Rung rung, OpenCells.@Nullable OpenCell leaves, long newest) {
    if (leaves != null && leaves.start() >= rung.oldestCell(newest)) {
      Chunks.Key chunk = new Chunks.Key(key, rung, rung.chunkOf(leaves.start()));
      chunks.add(chunk, index(rung, leaves.start()), leaves.sum());
    }
  }

  private OpenCells open(Rung rung, long newest) {
    OpenCells cells = open[rung.ordinal()];
    if (cells == null) {
      cells = new OpenCells(newest == Long.MIN_VALUE ? newest : rung.cellOf(newest));
      open[rung.ordinal()] = cells;
    }
    return cells;
  }

  /**
   * @param from start of the first cell of the rung, epoch seconds
   * @param to start of the last one
   */
  CellSum sum(Rung rung, long from, long to) {
    OpenCells cells = open[rung.ordinal()];
    return cells == null
        ? stored(rung, from, to)
        : stored(rung, from, Math.min(to, cells.storedTo())).plus(cells.sum(from, to));
  }

  private CellSum stored(Rung rung, long from, long to) {
    CellSum sum = CellSum.ZERO;
    for (long number = rung.chunkOf(from); from <= to && number <= rung.chunkOf(to); number++) {
      Chunk chunk = chunks.get(new Chunks.Key(key, rung, number));
      if (chunk != null) {
        long first = Math.max(from, start(rung, number));
        long last = Math.min(to, start(rung, number + 1) - rung.cellSeconds());
        sum = sum.plus(chunk.sum(index(rung, first), index(rung, last)));
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
  long[] totals(Rung rung, long from, long to) {
    long[] totals = new long[Math.toIntExact((to - from) / rung.cellSeconds() + 1)];
    for (long number = rung.chunkOf(from); number <= rung.chunkOf(to); number++) {
      Chunk chunk = chunks.get(new Chunks.Key(key, rung, number));
      long first = Math.max(from, start(rung, number));
      long last = Math.min(to, start(rung, number + 1) - rung.cellSeconds());
      for (long cell = first; cell <= last; cell += rung.cellSeconds()) {
        long stored = chunk == null ? 0 : chunk.total(index(rung, cell));
        totals[(int) ((cell - from) / rung.cellSeconds())] =
            Sums.capped(stored, notInChunks(rung, cell, cell).total());
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
  CellSum before(TimeWindow window, long boundaryMillis, long newestSlice) {
    Rung rung = Rung.of(window);
    long boundary = Math.floorDiv(boundaryMillis, 1_000L);
    long first = rung.firstCell(boundaryMillis, window);
    if (first > newestSlice) {
      return CellSum.ZERO;
    }
    long current = rung.cellOf(boundary);
    Rung slices = Rung.TEN_SECONDS;
    return sum(rung, first, current - rung.cellSeconds())
        .plus(sum(slices, current, boundary - slices.cellSeconds()));
  }

  /** Start of the first cell with a bad event. */
  OptionalLong firstBad(Rung rung, long from, long to) {
    for (long number = rung.chunkOf(from); from <= to && number <= rung.chunkOf(to); number++) {
      Chunk chunk = chunks.get(new Chunks.Key(key, rung, number));
      long first = Math.max(from, start(rung, number));
      long last = Math.min(to, start(rung, number + 1) - rung.cellSeconds());
      for (long cell = first; cell <= last; cell += rung.cellSeconds()) {
        long stored = chunk == null ? 0 : chunk.bad(index(rung, cell));
        if (Sums.capped(stored, notInChunks(rung, cell, cell).bad()) > 0) {
          return OptionalLong.of(cell);
        }
      }
    }
    return OptionalLong.empty();
  }

  private CellSum notInChunks(Rung rung, long from, long to) {
    OpenCells cells = open[rung.ordinal()];
    return cells == null ? CellSum.ZERO : cells.sum(from, to);
  }

  /** Deletes the chunks that fell off a rung while its newest slice moved on. */
  private void forget(Rung rung, long newestBefore, long newest) {
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
