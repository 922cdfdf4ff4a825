// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.TimeWindow;

/**
 * Sum of one window of one budget, kept exact while time passes: cells that enter are added, cells
 * that leave are taken away, all at once where a calendar begins another. Never goes back in time.
 */
final class WindowSum {

  /**
   * A larger step sums the window anew: while a budget was idle, what leaves may have fallen off
   * its rung. Below the slack that {@link Rung#oldestCell} keeps, less the 5 min of clients ahead.
   */
  private static final long STEP_MAX_SECONDS = 300;

  private final TimeWindow window;
  private final Rung rung;
  private boolean filled;
  private long from;
  private long to;
  private CellSum sum = CellSum.ZERO;

  WindowSum(TimeWindow window) {
    this.window = window;
    this.rung = Rung.of(window);
  }

  /** As it was at a boundary; not to be advanced. */
  static WindowSum asOf(TimeWindow window, long boundaryMillis, long newestSlice, Ladder ladder) {
    WindowSum past = new WindowSum(window);
    past.sum = ladder.before(window, boundaryMillis, newestSlice);
    return past;
  }

  TimeWindow window() {
    return window;
  }

  CellSum sum() {
    return sum;
  }

  long bad() {
    return sum.bad();
  }

  long total() {
    return sum.total();
  }

  long uncertain() {
    return sum.uncertain();
  }

  /** An increment that is in the ladder already. */
  void add(long slice, CellSum added) {
    long cell = rung.cellOf(slice);
    if (filled && cell >= from && cell <= to) {
      sum = sum.plus(added);
    }
  }

  /**
   * @param newestSlice no cell after it has an event
   */
  void advance(long atMillis, long newestSlice, Ladder ladder) {
    long newFrom = rung.firstCell(atMillis, window);
    long newTo = rung.cellOf(Math.floorDiv(atMillis, 1_000L));
    if (filled && newFrom <= from && newTo <= to) {
      return;
    }
    if (!filled || sum.huge() || newFrom > to || newFrom - from > STEP_MAX_SECONDS) {
      sum = ladder.sum(rung, newFrom, Math.min(newTo, rung.cellOf(newestSlice)));
    } else {
      shift(newFrom, Math.min(newTo, rung.cellOf(newestSlice)), ladder);
    }
    from = newFrom;
    to = newTo;
    filled = true;
  }

  private void shift(long newFrom, long lastEntering, Ladder ladder) {
    if (newFrom > from && !sum.isZero()) {
      sum = sum.minus(ladder.sum(rung, from, newFrom - rung.cellSeconds()));
    }
    if (lastEntering > to) {
      sum = sum.plus(ladder.sum(rung, to + rung.cellSeconds(), lastEntering));
    }
  }
}
