// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CountRecord.Cell;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One line's events in one region: sums since the line began, kept in a head record, and the sums
 * of its windows, kept in memory and filled from the cells when they are first asked for.
 */
final class RegionCounts {

  private final BudgetKey key;
  private final Map<Duration, Rolling> windows = new HashMap<>();
  private long runGood;
  private long runTotal;
  private long newestSlice = Long.MIN_VALUE;
  private long touchedAt;
  private long rateTotal;
  private long rateMillis;
  private long lateAt;
  private long skewedAt;

  RegionCounts(BudgetKey key) {
    this.key = key;
  }

  static RegionCounts read(BudgetKey key, byte[] head) {
    RegionCounts counts = new RegionCounts(key);
    ByteBuffer buffer = ByteBuffer.wrap(head);
    counts.runGood = buffer.getLong();
    counts.runTotal = buffer.getLong();
    counts.newestSlice = buffer.getLong();
    counts.touchedAt = buffer.getLong();
    counts.rateTotal = buffer.getLong();
    counts.rateMillis = buffer.getLong();
    counts.lateAt = buffer.getLong();
    counts.skewedAt = buffer.getLong();
    return counts;
  }

  byte[] head() {
    return ByteBuffer.allocate(8 * Long.BYTES)
        .putLong(runGood)
        .putLong(runTotal)
        .putLong(newestSlice)
        .putLong(touchedAt)
        .putLong(rateTotal)
        .putLong(rateMillis)
        .putLong(lateAt)
        .putLong(skewedAt)
        .array();
  }

  BudgetKey key() {
    return key;
  }

  long runGood() {
    return runGood;
  }

  long runTotal() {
    return runTotal;
  }

  long touchedAt() {
    return touchedAt;
  }

  long newestSlice() {
    return newestSlice;
  }

  boolean lateSince(long atMillis) {
    return lateAt >= atMillis;
  }

  boolean skewedSince(long atMillis) {
    return skewedAt >= atMillis;
  }

  void add(Cell cell, Cells cells) {
    long slice = cell.sliceStartSeconds();
    long bad = cell.total() - cell.good();
    cells.add(key, slice, newestSlice, bad, cell.total());
    windows.values().forEach(window -> window.add(slice, bad, cell.total()));
    runGood += cell.good();
    runTotal += cell.total();
    newestSlice = Math.max(newestSlice, slice);
  }

  void touched(long atMillis, boolean late, boolean skewed) {
    touchedAt = Math.max(touchedAt, atMillis);
    lateAt = late ? Math.max(lateAt, atMillis) : lateAt;
    skewedAt = skewed ? Math.max(skewedAt, atMillis) : skewedAt;
  }

  /** Moves the windows of a definition to an instant, and drops those of a former one. */
  void advance(Set<Duration> wanted, long atMillis, Cells cells) {
    windows.keySet().retainAll(wanted);
    for (Duration window : wanted) {
      windows.computeIfAbsent(window, Rolling::new).advance(atMillis, newestSlice, key, cells);
    }
  }

  /** Its windows as they were at a boundary, to judge by; the rest of it is empty. */
  RegionCounts asOf(long boundaryMillis, Set<Duration> wanted, Cells cells) {
    RegionCounts past = new RegionCounts(key);
    for (Duration window : wanted) {
      past.windows.put(window, Rolling.asOf(window, boundaryMillis, newestSlice, key, cells));
    }
    return past;
  }

  long bad(Duration window) {
    Rolling rolling = windows.get(window);
    return rolling == null ? 0 : rolling.bad();
  }

  long total(Duration window) {
    Rolling rolling = windows.get(window);
    return rolling == null ? 0 : rolling.total();
  }

  /** Remembers what the last measured hour had: what is expected while nothing is measured. */
  void rate(long total, long measuredMillis) {
    if (measuredMillis > 0 && total > 0) {
      rateTotal = total;
      rateMillis = measuredMillis;
    }
  }

  long rateTotal() {
    return rateTotal;
  }

  long rateMillis() {
    return rateMillis;
  }
}
