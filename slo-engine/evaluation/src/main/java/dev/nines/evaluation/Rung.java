// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slices;
import dev.nines.objectives.TimeWindow;
import java.time.Duration;

/**
 * One step of the ladder: cells of one length, kept for so long. A quarter has 92 days and, when
 * clocks are put back in it, an hour.
 */
enum Rung {
  TEN_SECONDS(10, Duration.ofHours(2)),
  MINUTE(60, Duration.ofMinutes(390)),
  FIVE_MINUTES(300, Duration.ofHours(78)),
  HOUR(3_600, TimeWindow.KEPT),

  /** Of budgets alone whose calendar begins windows between the hours of UTC, as India's does. */
  QUARTER_HOUR(900, TimeWindow.KEPT),

  /** The same two of budgets alone that are longer: a leap year, and an hour. */
  YEARS_HOUR(3_600, Duration.ofDays(367)),
  YEARS_QUARTER_HOUR(900, Duration.ofDays(367));

  static final int CHUNK_CELLS = 64;
  private static final long AHEAD_MAX_SECONDS = 600;

  private final long cellSeconds;
  private final Duration longest;

  Rung(long cellSeconds, Duration longest) {
    this.cellSeconds = cellSeconds;
    this.longest = longest;
  }

  /** The finest rung that holds the whole window; of a calendar one, with a cell that begins it. */
  static Rung of(TimeWindow window) {
    return switch (window) {
      case RollingWindow(Duration length) -> holding(length);
      case CalendarWindow calendar when calendar.longest().compareTo(HOUR.longest) <= 0 ->
          calendar.onHours() ? HOUR : QUARTER_HOUR;
      case CalendarWindow calendar -> calendar.onHours() ? YEARS_HOUR : YEARS_QUARTER_HOUR;
    };
  }

  private static Rung holding(Duration length) {
    for (Rung rung : values()) {
      if (length.compareTo(rung.longest) <= 0) {
        return rung;
      }
    }
    throw new IllegalArgumentException("no rung holds " + length);
  }

  /** Not of the windows of policies: written only for a period that needs it. */
  boolean ofPeriods() {
    return compareTo(HOUR) > 0;
  }

  long cellSeconds() {
    return cellSeconds;
  }

  /** Start of the cell of an instant, epoch seconds. */
  long cellOf(long epochSeconds) {
    return Slices.floor(epochSeconds, cellSeconds);
  }

  /** Start of the first cell of the window that ends at an instant, epoch seconds. */
  long firstCell(long atMillis, TimeWindow window) {
    return cellOf(Math.floorDiv(window.fromMillis(atMillis), 1_000L));
  }

  /** |W|: from the start of the window's first cell to the instant. */
  static long lengthMillis(long atMillis, TimeWindow window) {
    return atMillis - of(window).firstCell(atMillis, window) * 1_000;
  }

  /** Whether all of a window that ends at a boundary, and the part since its last cell, is kept. */
  static boolean keeps(TimeWindow window, long boundaryMillis, long newestSlice) {
    Rung rung = of(window);
    long open = rung.cellOf(Math.floorDiv(boundaryMillis, 1_000L));
    return rung.firstCell(boundaryMillis, window) >= rung.oldestCell(newestSlice)
        && open >= TEN_SECONDS.oldestCell(newestSlice);
  }

  long chunkOf(long cell) {
    return Math.floorDiv(cell, cellSeconds * CHUNK_CELLS);
  }

  /**
   * Cells before this one, counted from the newest slice, are not kept. The newest slice may be
   * ahead of the clock by as much as extraction lets pass.
   */
  long oldestCell(long newestSlice) {
    return cellOf(newestSlice - longest.toSeconds() - AHEAD_MAX_SECONDS) - cellSeconds;
  }
}
