// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.TimeWindow;
import dev.nines.transport.Sums;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * One line's events in one region: sums since the line began, kept in a head record, its ladder,
 * and the sums of its windows, kept in memory and filled from the ladder when they are first asked
 * for.
 */
final class RegionCounts {

  private static final int FIXED_BYTES = 12 * Long.BYTES;

  private final BudgetKey key;
  private final Ladder ladder;
  private final WindowSums windows = new WindowSums();
  private long runGood;
  private long runTotal;
  private long newestSlice = Long.MIN_VALUE;
  private long touchedAt;
  private long rateTotal;
  private long rateMillis;
  private long lateAt;
  private long skewedAt;
  private long runUncertain;
  private Source source = Source.SPANS;
  private long oldestSlice = Long.MAX_VALUE;
  private long pastFromMillis = Long.MAX_VALUE;

  /** Newest slice that may have a bad event, epoch seconds; after a restart any may. */
  private long newestBad = Long.MIN_VALUE;

  private Set<TimeWindow> advanced = Set.of();
  private long advancedToSecond;

  RegionCounts(BudgetKey key, Chunks chunks) {
    this(key, new Ladder(key, chunks));
  }

  private RegionCounts(BudgetKey key, Ladder ladder) {
    this.key = key;
    this.ladder = ladder;
  }

  /**
   * A head of a former version ends sooner: what it left out is nothing, and of spans. When such a
   * region began is not known: before all that matters.
   */
  static RegionCounts read(BudgetKey key, byte[] head, Chunks chunks) {
    RegionCounts counts = new RegionCounts(key, chunks);
    ByteBuffer buffer = ByteBuffer.wrap(head);
    counts.runGood = buffer.getLong();
    counts.runTotal = buffer.getLong();
    counts.newestSlice = buffer.getLong();
    counts.touchedAt = buffer.getLong();
    counts.rateTotal = buffer.getLong();
    counts.rateMillis = buffer.getLong();
    counts.lateAt = buffer.getLong();
    counts.skewedAt = buffer.getLong();
    counts.runUncertain = buffer.hasRemaining() ? buffer.getLong() : 0;
    counts.source = Source.values()[buffer.hasRemaining() ? (int) buffer.getLong() : 0];
    counts.oldestSlice = buffer.hasRemaining() ? buffer.getLong() : Long.MIN_VALUE;
    counts.pastFromMillis = buffer.hasRemaining() ? buffer.getLong() : Long.MAX_VALUE;
    counts.ladder.read(buffer, counts.newestSlice);
    counts.newestBad = counts.newestSlice;
    return counts;
  }

  byte[] head() {
    ByteBuffer head = ByteBuffer.allocate(FIXED_BYTES + ladder.bytesMax());
    head.putLong(runGood)
        .putLong(runTotal)
        .putLong(newestSlice)
        .putLong(touchedAt)
        .putLong(rateTotal)
        .putLong(rateMillis)
        .putLong(lateAt)
        .putLong(skewedAt)
        .putLong(runUncertain)
        .putLong(source.ordinal())
        .putLong(oldestSlice)
        .putLong(pastFromMillis);
    ladder.write(head);
    return Arrays.copyOf(head.array(), head.position());
  }

  BudgetKey key() {
    return key;
  }

  Ladder ladder() {
    return ladder;
  }

  /** What its progress is found under in {@link Regions}. */
  String track() {
    return Regions.track(key.region(), series());
  }

  boolean series() {
    return source != Source.SPANS;
  }

  /** Good and total come apart: it is judged to where it is complete. */
  boolean judgedLate() {
    return source == Source.COUNTERS;
  }

  long runGood() {
    return runGood;
  }

  long runTotal() {
    return runTotal;
  }

  long runUncertain() {
    return runUncertain;
  }

  long touchedAt() {
    return touchedAt;
  }

  long newestSlice() {
    return newestSlice;
  }

  /** First slice that ever had an event, epoch seconds. */
  long oldestSlice() {
    return oldestSlice;
  }

  /** Its line was back-filled from there on; {@link Long#MAX_VALUE} where it was not. */
  long pastFromMillis() {
    return pastFromMillis;
  }

  void backfilledFrom(long millis) {
    pastFromMillis = Math.min(pastFromMillis, millis);
  }

  boolean lateSince(long atMillis) {
    return lateAt >= atMillis;
  }

  boolean skewedSince(long atMillis) {
    return skewedAt >= atMillis;
  }

  /**
   * @param period rung of the line's period; empty while it is not known
   */
  void add(Cell cell, Source from, Optional<Rung> period) {
    long slice = cell.sliceStartSeconds();
    long bad = Sums.difference(Sums.difference(cell.total(), cell.good()), cell.uncertain());
    CellSum added = new CellSum(bad, cell.total(), cell.uncertain());
    ladder.add(slice, newestSlice, added, period);
    windows.add(slice, added);
    source = from;
    runGood = Sums.capped(runGood, cell.good());
    runTotal = Sums.capped(runTotal, cell.total());
    runUncertain = Sums.capped(runUncertain, cell.uncertain());
    newestSlice = Math.max(newestSlice, slice);
    newestBad = bad > 0 ? Math.max(newestBad, slice) : newestBad;
    oldestSlice = Math.min(oldestSlice, slice);
  }

  void touched(long atMillis, boolean late, boolean skewed) {
    touchedAt = Math.max(touchedAt, atMillis);
    lateAt = late ? Math.max(lateAt, atMillis) : lateAt;
    skewedAt = skewed ? Math.max(skewedAt, atMillis) : skewedAt;
  }

  /**
   * Moves the windows of a definition to an instant, and drops those of a former one. Windows begin
   * and end with whole seconds: within one nothing moves.
   */
  void advance(Set<TimeWindow> wanted, long atMillis) {
    long second = Math.floorDiv(atMillis, 1_000L);
    if (wanted.equals(advanced) && second <= advancedToSecond) {
      return;
    }
    if (!wanted.equals(advanced)) {
      windows.keep(wanted);
    }
    for (TimeWindow window : wanted) {
      windows.of(window).advance(atMillis, newestSlice, ladder);
    }
    advanced = wanted;
    advancedToSecond = second;
  }

  /** Its windows as they were at a boundary, to judge by; the rest of it is empty. */
  RegionCounts asOf(long boundaryMillis, Set<TimeWindow> wanted) {
    RegionCounts past = new RegionCounts(key, ladder);
    past.source = source;
    for (TimeWindow window : wanted) {
      past.windows.put(WindowSum.asOf(window, boundaryMillis, newestSlice, ladder));
    }
    return past;
  }

  /**
   * Events that are surely bad, to decide by: counters that were read at different moments can
   * claim more of them than there are events, or less than none. Sums stay as they came.
   */
  long bad(TimeWindow window) {
    WindowSum sum = windows.get(window);
    return sum == null ? 0 : Math.clamp(sum.bad(), 0, total(window));
  }

  long uncertain(TimeWindow window) {
    WindowSum sum = windows.get(window);
    return sum == null ? 0 : Math.clamp(sum.uncertain(), 0, total(window) - bad(window));
  }

  long total(TimeWindow window) {
    WindowSum sum = windows.get(window);
    return sum == null ? 0 : Math.max(0, sum.total());
  }

  /** As {@link #fails} of a window that ends at a boundary; read anew where it has a bad event. */
  boolean failsAsOf(TimeWindow window, long boundaryMillis, Part least) {
    long first = Rung.of(window).firstCell(boundaryMillis, window);
    return newestBad >= first && ladder.before(window, boundaryMillis, newestSlice).fails(least);
  }

  /** Some of a window's events are bad, and no smaller part of them than the given one. */
  boolean fails(TimeWindow window, Part least) {
    WindowSum sum = windows.get(window);
    return sum != null && sum.sum().fails(least);
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
