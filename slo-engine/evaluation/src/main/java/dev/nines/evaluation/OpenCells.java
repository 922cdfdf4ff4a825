// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.transport.Varint;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The two cells of one rung that were counted into last. They are stored with the head of their
 * budget, and reach their chunk once another cell takes their place: what is counted now goes to
 * the newest slice, and to the one before it. A cell may have events here and in its chunk.
 */
final class OpenCells {

  private @Nullable OpenCell last;
  private @Nullable OpenCell former;
  private long storedTo;

  /**
   * @param storedTo start of the newest cell of which something may be in a chunk, epoch seconds
   */
  OpenCells(long storedTo) {
    this.storedTo = storedTo;
  }

  /** Events of one cell that are not in its chunk. */
  static final class OpenCell {
    private final long start;
    private CellSum sum;

    private OpenCell(long start, CellSum sum) {
      this.start = start;
      this.sum = sum;
    }

    /** Epoch seconds. */
    long start() {
      return start;
    }

    CellSum sum() {
      return sum;
    }
  }

  /** Counts into a cell; returns one that is to go to its chunk, if it had to leave. */
  @Nullable OpenCell add(long cell, CellSum added) {
    OpenCell leaves = null;
    if (last == null || last.start != cell) {
      OpenCell before = last;
      if (former != null && former.start == cell) {
        last = former;
      } else {
        leaves = former;
        storedTo = leaves == null ? storedTo : Math.max(storedTo, leaves.start);
        last = new OpenCell(cell, CellSum.ZERO);
      }
      former = before;
    }
    last.sum = last.sum.plus(added);
    return leaves;
  }

  /** Start of the newest cell of which something may be in a chunk: of later ones all is here. */
  long storedTo() {
    return storedTo;
  }

  /** What cells from one to another have here, both with their starts, epoch seconds. */
  CellSum sum(long from, long to) {
    CellSum sum = within(last, from, to);
    CellSum more = within(former, from, to);
    return more.isZero() ? sum : sum.plus(more);
  }

  private static CellSum within(@Nullable OpenCell cell, long from, long to) {
    return cell == null || cell.start < from || cell.start > to ? CellSum.ZERO : cell.sum;
  }

  int size() {
    return (former == null ? 0 : 1) + (last == null ? 0 : 1);
  }

  /** For each: the rung, its start and what it has; the one that was counted into last at last. */
  void write(Rung rung, ByteBuffer buffer) {
    write(rung, former, buffer);
    write(rung, last, buffer);
  }

  private static void write(Rung rung, @Nullable OpenCell cell, ByteBuffer buffer) {
    if (cell != null) {
      buffer.put((byte) rung.ordinal());
      Varint.put(buffer, cell.start);
      Varint.put(buffer, cell.sum.bad());
      Varint.put(buffer, cell.sum.total());
      Varint.put(buffer, cell.sum.uncertain());
    }
  }
}
