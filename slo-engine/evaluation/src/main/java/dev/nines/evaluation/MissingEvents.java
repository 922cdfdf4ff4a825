// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.TimeWindow;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Expected events that did not come, of objectives which say that they are bad: one record for each
 * region and measured minute in which an alert for vanished traffic was open. They are in status
 * and ledger, never in ladders or burn rates: the alert itself has told already.
 */
final class MissingEvents {

  /** A week of minutes of one region, of the 94 or 367 days that are kept. */
  static final int MINUTES_MAX = 10_080;

  /** Of all regions and lines of a task: about 100 MB of memory. */
  static final int ALL_MINUTES_MAX = 1_000_000;

  private static final char KIND = 'm';
  private static final long FIVE_SECONDS = Expectations.WINDOW_SECONDS;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Objectives objectives;
  private final Regions regions;
  private final Ledger ledger;
  private final EvaluationMetrics metrics;
  private final LongSupplier clock;
  private final Map<BudgetKey, MissingMinutes> minutes = new HashMap<>();
  private int size;

  MissingEvents(
      KeyValueStore<Bytes, byte[]> store,
      Objectives objectives,
      Regions regions,
      Ledger ledger,
      EvaluationMetrics metrics,
      LongSupplier clock) {
    this.store = store;
    this.objectives = objectives;
    this.regions = regions;
    this.ledger = ledger;
    this.metrics = metrics;
    this.clock = clock;
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        var entry = entries.next();
        SumKey key = SumKey.read(entry.key.get());
        of(budget(key)).put(key.numbers().getLast(), MissingMinute.read(entry.value));
        size++;
      }
    }
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(KeyValueBytesStoreSupplier disk) {
    return Stores.keyValueStoreBuilder(disk, Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /**
   * Five minutes in which an alert is, or was to their end, open. In the global scope a region
   * counts in those five minutes in which it has itself under half of what is expected of it: one
   * that serves as ever lacks nothing.
   */
  void note(Line line, Scope scope, Traffic traffic, Vanishing vanishing) {
    boolean all = scope.name().equals(SloStatus.GLOBAL);
    for (RegionTraffic region : traffic.regions()) {
      OptionalLong expected =
          all ? expected(region, vanishing.since()) : OptionalLong.of(traffic.expected());
      boolean lacks = !all || !Traffic.back(region.counted(), expected.orElse(0));
      if (!region.blind() && expected.isPresent() && lacks) {
        long to = traffic.toSeconds();
        long from = all ? Math.max(vanishing.since(), to - FIVE_SECONDS) : vanishing.since();
        note(scope.definition(), region.region(), from, to, expected.getAsLong());
        line.changed().add(region.name());
      }
    }
  }

  /** What came to a minute that is missed some of: it is missed less. */
  void came(BudgetKey key, long slice, long events, long generation) {
    MissingMinutes known = minutes.get(key);
    long minute = Slices.floor(slice, Slices.LEDGER_SECONDS);
    MissingMinute before = known == null ? null : known.get(minute);
    if (before != null) {
      put(key, minute, before, before.with(events), generation);
    }
  }

  /** In a window of a scope; a minute leaves it whole, with the last cell that is in it. */
  long in(Scope scope, TimeWindow window) {
    long cell = Rung.of(window).firstCell(scope.atMillis(), window);
    long from = Slices.floor(cell, Slices.LEDGER_SECONDS);
    return scope.counts().stream()
        .map(region -> minutes.get(region.key()))
        .mapToLong(known -> known == null ? 0 : known.from(from))
        .reduce(0, Sums::capped);
  }

  /** As long as the longest budget is kept, and no longer. */
  void forget(Line line, long atMillis) {
    Rung kept = line.period().orElse(Rung.YEARS_HOUR);
    Rung longest = kept.ofPeriods() ? kept : Rung.HOUR;
    long oldest = longest.oldestCell(Math.floorDiv(atMillis, 1_000L));
    for (RegionCounts region : line.regions()) {
      MissingMinutes known = minutes.get(region.key());
      if (known != null) {
        for (long minute : known.forget(oldest)) {
          store.delete(key(region.key(), minute));
          size--;
        }
      }
    }
  }

  /**
   * The newest minute, and those before it that no judgement has noted; each by its definition.
   *
   * @param from epoch seconds, as {@code to}
   */
  private void note(
      Definition definition, RegionCounts region, long from, long to, long expectedInFive) {
    BudgetKey key = region.key();
    MissingMinutes known = of(key);
    long step = Slices.LEDGER_SECONDS;
    long first = Math.max(from, Rung.MINUTE.oldestCell(region.newestSlice()));
    for (long minute = to - step; minute >= first && known.get(minute) == null; minute -= step) {
      if (measured(definition, region, minute) && bad(key, minute)) {
        if (known.size() >= MINUTES_MAX || size >= ALL_MINUTES_MAX) {
          metrics.missingOverLimit.inc();
          return;
        }
        size++;
        long counted = region.ladder().sum(Rung.MINUTE, minute, minute).total();
        MissingMinute missed = MissingMinute.of(minute, expectedInFive, counted);
        put(key, minute, new MissingMinute(0, 0, 0), missed, definition.generation());
      }
    }
  }

  /** Where nothing says what is usual any more: what it was when the outage began. */
  private OptionalLong expected(RegionTraffic region, long since) {
    return region.expected().isPresent()
        ? region.expected()
        : of(region.region().key()).expectedInFive(since);
  }

  /** What an objective says of its missing events can change while an alert is open. */
  private boolean bad(BudgetKey key, long minute) {
    return objectives
        .inForce(key.slo(), minute * 1_000)
        .map(Definition::slo)
        .filter(found -> found.line() == key.line() && found.missing() == Slo.Missing.BAD)
        .isPresent();
  }

  private boolean measured(Definition definition, RegionCounts region, long minute) {
    long start = minute * 1_000;
    long end = start + Slices.LEDGER_SECONDS * 1_000;
    long from = definition.measuredFromMillis();
    return regions.measuredMillis(region.track(), from, start, end) == end - start;
  }

  private void put(
      BudgetKey key, long minute, MissingMinute before, MissingMinute now, long generation) {
    of(key).put(minute, now);
    store.put(key(key, minute), now.bytes());
    long more = now.missing() - before.missing();
    if (more != 0) {
      ledger.missing(key, minute, more, clock.getAsLong(), generation);
    }
  }

  private MissingMinutes of(BudgetKey key) {
    return minutes.computeIfAbsent(key, k -> new MissingMinutes());
  }

  static Bytes key(BudgetKey key, long minute) {
    List<String> texts = List.of(key.slo().toString(), key.region());
    return Bytes.wrap(new SumKey(KIND, texts, List.of(key.line(), minute)).bytes());
  }

  private static BudgetKey budget(SumKey key) {
    return new BudgetKey(
        SloId.parse(key.texts().get(0)), key.numbers().getFirst(), key.texts().get(1));
  }
}
