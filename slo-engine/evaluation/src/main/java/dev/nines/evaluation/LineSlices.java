// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Fraction;
import dev.nines.objectives.Slices;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.TimeWindow;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The slices of a line whose budget they spend. A slice is judged in a region when the region has
 * reported to its end, and over all regions whenever that happens in one of them; what comes late
 * judges it again. A region that reported only part of a slice counts as if the rest had been as
 * busy and good; one that reported less than a tenth of it is left out. So what is not measured
 * spends nothing.
 */
final class LineSlices {

  private static final char EVENTS = 's';
  private static final char VERDICTS = 'v';
  private static final char JUDGED = 'j';

  /** A region that was measured in less than a tenth of a slice says nothing of it. */
  private static final int LEAST_PART = 10;

  private static final long LATE_SECONDS = Duration.ofDays(1).toSeconds();

  private final Line line;
  private final Sliced budgeting;
  private final Regions regions;
  private final KeyValueStore<Bytes, byte[]> store;
  private final long measuredFromMillis;
  private final long keptSeconds;
  private final long seconds;
  private final SliceCells events;
  private final SliceCells verdicts;
  private final Map<String, Map<TimeWindow, SliceWindow>> windows = new HashMap<>();
  private final Map<String, Long> heard = new HashMap<>();
  private long judgedTo;
  private long forgottenTo;

  /** Takes what was counted before it was known to need slices from the ladder. */
  LineSlices(
      Line line,
      Definition definition,
      Sliced budgeting,
      Regions regions,
      KeyValueStore<Bytes, byte[]> store) {
    this.line = line;
    this.budgeting = budgeting;
    this.regions = regions;
    this.store = store;
    this.measuredFromMillis = definition.measuredFromMillis();
    this.keptSeconds = definition.slo().period().longest().toSeconds() + LATE_SECONDS;
    this.seconds = budgeting.slice().toSeconds();
    this.events = new SliceCells(store, EVENTS, seconds);
    this.verdicts = new SliceCells(store, VERDICTS, seconds);
    this.judgedTo = marker(SloStatus.GLOBAL);
    if (store.get(markerKey(SloStatus.GLOBAL)) == null) {
      line.regions().forEach(this::fill);
      mark(SloStatus.GLOBAL, judgedTo);
    }
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(KeyValueBytesStoreSupplier disk) {
    return Stores.keyValueStoreBuilder(disk, Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /** An increment of a region. */
  void came(BudgetKey region, Cell cell) {
    long slice = add(region, cell);
    if (slice < heardTo(region.region())) {
      judge(region.region(), slice);
      judge(SloStatus.GLOBAL, slice);
    }
  }

  /** An increment of a region, to be judged by {@link #judgeAgain}. */
  long add(BudgetKey region, Cell cell) {
    long slice = Slices.floor(cell.sliceStartSeconds(), seconds);
    if (judgedTo == Long.MIN_VALUE || slice >= judgedTo - keptSeconds) {
      long bad = Sums.difference(Sums.difference(cell.total(), cell.good()), cell.uncertain());
      events.add(region, slice, new CellSum(bad, cell.total(), cell.uncertain()));
    }
    return slice;
  }

  /** Events were added in a stretch, and it was measured after all; epoch seconds. */
  void judgeAgain(long fromSeconds, long toSeconds) {
    long from = Slices.floor(fromSeconds, seconds);
    for (RegionCounts region : line.regions()) {
      long to = Math.min(toSeconds, heardTo(region.key().region()));
      for (long slice : events.counted(region.key(), from, to)) {
        judge(region.key().region(), slice);
        judge(SloStatus.GLOBAL, slice);
      }
    }
  }

  /** Judges the slices that ended by then, as far as their regions reported; epoch seconds. */
  void judgeTo(long endSeconds) {
    long to = Slices.floor(endSeconds, seconds);
    if (to > judgedTo) {
      judgedTo = to;
      mark(SloStatus.GLOBAL, judgedTo);
      forgetTo(judgedTo - keptSeconds);
    }
    line.regions().forEach(region -> hear(region, judgedTo));
  }

  /** Judges what a region that is behind has reported, before the others; epoch seconds. */
  void hearTo(RegionCounts region, long endSeconds) {
    hear(region, Slices.floor(endSeconds, seconds));
  }

  /** Some slice with events is to be judged, or can be judged better. */
  boolean pending() {
    return line.regions().stream()
        .anyMatch(
            region ->
                region.newestSlice() >= judgedTo
                    || (region.newestSlice() >= heardTo(region.key().region())
                        && reportedTo(region) > heardTo(region.key().region())));
  }

  /** End of the last slice that was judged together, epoch seconds; before there was any, none. */
  OptionalLong judgedTo() {
    return judgedTo == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(judgedTo);
  }

  /**
   * Of windows that end with the last judged slice.
   *
   * @param atMillis an instant of the period that is asked for
   */
  SliceSums sums(String scope, Definition definition, long atMillis) {
    Set<TimeWindow> wanted = definition.windows();
    Map<TimeWindow, SliceWindow> known = windows.computeIfAbsent(scope, s -> new HashMap<>());
    known.keySet().retainAll(wanted);
    if (judgedTo == Long.MIN_VALUE) {
      return new SliceSums(atMillis, budgeting, Map.of(), Map.of());
    }
    Map<TimeWindow, Long> shortfalls = new HashMap<>();
    for (TimeWindow window : wanted) {
      SliceWindow sum =
          known.computeIfAbsent(window, w -> new SliceWindow(w, verdicts, key(scope)));
      sum.advance(judgedTo, atMillis);
      shortfalls.put(window, sum.shortfall());
    }
    return new SliceSums(
        atMillis, budgeting, shortfalls, failures(scope, definition, judgedTo, atMillis));
  }

  /** Of windows that end with the last slice before a boundary. */
  SliceSums sumsAsOf(String scope, Definition definition, long boundaryMillis) {
    long at = boundaryMillis - 1;
    long to = Slices.floor(Math.floorDiv(boundaryMillis, 1_000L), seconds);
    Map<TimeWindow, Long> shortfalls = new HashMap<>();
    for (TimeWindow window : definition.windows()) {
      shortfalls.put(window, shortfall(scope, window, to, at));
    }
    return new SliceSums(at, budgeting, shortfalls, failures(scope, definition, to, at));
  }

  /** What {@link #sumsAsOf} says of one window. */
  long shortfallAsOf(String scope, TimeWindow window, long boundaryMillis) {
    long to = Slices.floor(Math.floorDiv(boundaryMillis, 1_000L), seconds);
    return shortfall(scope, window, to, boundaryMillis - 1);
  }

  private long shortfall(String scope, TimeWindow window, long to, long atMillis) {
    return verdicts.bad(key(scope), SliceWindow.first(window, to, atMillis, seconds), to);
  }

  /** Read anew each time: only where policies ask for so many failures. */
  private Map<TimeWindow, Long> failures(
      String scope, Definition definition, long to, long atMillis) {
    if (definition.slo().minFailures() == 0) {
      return Map.of();
    }
    Map<TimeWindow, Long> failures = new HashMap<>();
    for (BurnPolicy policy : definition.slo().policies()) {
      TimeWindow window = policy.longTimeWindow();
      long first = SliceWindow.first(window, to, atMillis, seconds);
      failures.put(
          window, members(scope).stream().mapToLong(r -> events.bad(r.key(), first, to)).sum());
    }
    return failures;
  }

  private void hear(RegionCounts region, long limit) {
    String name = region.key().region();
    long to = Math.min(limit, reportedTo(region));
    long from = heardTo(name);
    if (to > from) {
      heard.put(name, to);
      mark(name, to);
      for (long slice : events.counted(region.key(), Math.max(from, to - keptSeconds), to)) {
        judge(name, slice);
        judge(SloStatus.GLOBAL, slice);
      }
    }
    hearUnfinished(region, limit);
  }

  /**
   * The slice in which a region left or fell silent is judged by what came of it; when the region
   * is back, it is judged again.
   */
  private void hearUnfinished(RegionCounts region, long limit) {
    long slice = reportedTo(region);
    boolean over = slice >= heardTo(region.key().region()) && slice + seconds <= limit;
    if (over
        && regions.leftOrSilent(region.track(), limit * 1_000)
        && events.at(region.key(), slice).total() > 0) {
      judge(region.key().region(), slice);
      judge(SloStatus.GLOBAL, slice);
    }
  }

  /** End of the last slice that a region reported whole. */
  private long reportedTo(RegionCounts region) {
    return Slices.floor(Math.floorDiv(regions.progressAt(region.track()), 1_000L), seconds);
  }

  private void judge(String scope, long slice) {
    BudgetKey key = key(scope);
    BigInteger bad = BigInteger.ZERO;
    Fraction total = Fraction.ZERO;
    for (RegionCounts region : members(scope)) {
      long measured = measuredMillis(region, slice);
      CellSum sum = events.at(region.key(), slice);
      if (measured * LEAST_PART >= seconds * 1_000 && sum.total() > 0) {
        bad = bad.add(BigInteger.valueOf(Math.clamp(sum.bad(), 0, sum.total())));
        total = total.plus(scaled(sum.total(), measured));
      }
    }
    long difference = budgeting.shortfall(bad, total) - verdicts.at(key, slice).bad();
    if (difference != 0) {
      verdicts.add(key, slice, new CellSum(difference, 0, 0));
      windows.getOrDefault(scope, Map.of()).values().forEach(w -> w.changed(slice, difference));
    }
  }

  private Collection<RegionCounts> members(String scope) {
    return scope.equals(SloStatus.GLOBAL) ? line.regions() : line.only(scope);
  }

  private Fraction scaled(long total, long measuredMillis) {
    long millis = seconds * 1_000;
    return measuredMillis == millis
        ? Fraction.of(total)
        : new Fraction(
            BigInteger.valueOf(total).multiply(BigInteger.valueOf(millis)),
            BigInteger.valueOf(measuredMillis));
  }

  private long measuredMillis(RegionCounts region, long slice) {
    long start = slice * 1_000;
    long end = start + seconds * 1_000;
    long measuredFrom = Math.min(measuredFromMillis, line.pastFromMillis());
    return regions.reportedMillis(region.track(), measuredFrom, start, end);
  }

  private void fill(RegionCounts region) {
    Rung rung = Rung.TEN_SECONDS;
    long first = Math.max(region.oldestSlice(), rung.oldestCell(region.newestSlice()));
    for (long cell = first; cell <= region.newestSlice(); cell += rung.cellSeconds()) {
      CellSum sum = region.ladder().sum(rung, cell, cell);
      if (!sum.isZero()) {
        events.add(region.key(), cell, sum);
      }
    }
  }

  /** A chunk at a time; after a restart from the beginning. */
  private void forgetTo(long before) {
    if (events.chunkOf(before) == events.chunkOf(forgottenTo)) {
      return;
    }
    for (RegionCounts region : line.regions()) {
      events.forget(region.key(), forgottenTo, before);
      verdicts.forget(region.key(), forgottenTo, before);
    }
    verdicts.forget(key(SloStatus.GLOBAL), forgottenTo, before);
    forgottenTo = before;
  }

  private BudgetKey key(String scope) {
    return new BudgetKey(line.slo(), line.number(), scope);
  }

  /** End of the last slice that a region was judged by. */
  private long heardTo(String region) {
    return heard.computeIfAbsent(region, this::marker);
  }

  private long marker(String scope) {
    byte[] stored = store.get(markerKey(scope));
    return stored == null ? Long.MIN_VALUE : ByteBuffer.wrap(stored).getLong();
  }

  private void mark(String scope, long seconds) {
    store.put(markerKey(scope), ByteBuffer.allocate(Long.BYTES).putLong(seconds).array());
  }

  private Bytes markerKey(String scope) {
    List<String> texts = List.of(line.slo().toString(), scope);
    return Bytes.wrap(new SumKey(JUDGED, texts, List.of(line.number())).bytes());
  }
}
