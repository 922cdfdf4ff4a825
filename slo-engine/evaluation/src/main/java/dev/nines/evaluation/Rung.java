// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Slices;
import java.time.Duration;

/** One step of the ladder: cells of one length, kept for so long. */
enum Rung {
  TEN_SECONDS(10, Duration.ofHours(2)),
  MINUTE(60, Duration.ofMinutes(390)),
  FIVE_MINUTES(300, Duration.ofHours(78)),
  HOUR(3_600, Duration.ofDays(92));

  static final int CHUNK_CELLS = 64;
  private static final long AHEAD_MAX_SECONDS = 600;

  private final long cellSeconds;
  private final Duration longest;

  Rung(long cellSeconds, Duration longest) {
    this.cellSeconds = cellSeconds;
    this.longest = longest;
  }

  /** The finest rung that holds the whole window. */
  static Rung of(Duration window) {
    for (Rung rung : values()) {
      if (window.compareTo(rung.longest) <= 0) {
        return rung;
      }
    }
    return HOUR;
  }

  long cellSeconds() {
    return cellSeconds;
  }

  /** Start of the cell of an instant, epoch seconds. */
  long cellOf(long epochSeconds) {
    return Slices.floor(epochSeconds, cellSeconds);
  }

  /** Start of the first cell of the window that ends at an instant, epoch seconds. */
  long firstCell(long atMillis, Duration window) {
    return cellOf(Math.floorDiv(atMillis - window.toMillis(), 1_000L));
  }

  /** |W|: from the start of the window's first cell to the instant. */
  static long lengthMillis(long atMillis, Duration window) {
    return atMillis - of(window).firstCell(atMillis, window) * 1_000;
  }

  /** Whether all of a window that ends at a boundary, and the part since its last cell, is kept. */
  static boolean keeps(Duration window, long boundaryMillis, long newestSlice) {
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
