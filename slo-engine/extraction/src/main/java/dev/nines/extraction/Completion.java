// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.Progress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * How far the collectors of each region reported in this task's partition. A collector that was
 * silent for 5 min of log-append time, while another one reported, is dropped.
 */
final class Completion {

  private static final char SEPARATOR = '\u0000';
  private static final long SILENT_MAX_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final int COLLECTORS_MAX = 1_000;

  /**
   * Progress that moved so far is told without waiting for its second: while a backlog is read, a
   * minute of reports passes in an instant, and a jump of 10 s reads as a silence of the region.
   */
  private static final long STEP_MAX_MILLIS = 5_000;

  private final KeyValueStore<String, byte[]> store;
  private final Map<String, RegionReports> regions = new HashMap<>();

  /** Reads what a former life of the task stored. */
  Completion(KeyValueStore<String, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<String, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        var entry = entries.next();
        String[] key = entry.key.split(String.valueOf(SEPARATOR), 2);
        region(key[0]).collectors.put(key[1], Reported.read(entry.value));
      }
    }
    regions.values().forEach(RegionReports::resume);
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /** Takes a report; true when {@link #take} should follow at once. */
  boolean report(String region, Progress progress, long appendedAt) {
    RegionReports reports = region(region);
    dropSilent(region, reports, appendedAt);
    Reported before = reports.collectors.get(progress.collector());
    if (before != null && before.epoch > progress.epoch()) {
      return false;
    }
    if (progress.goodbye()) {
      remove(region, reports, progress.collector());
    } else {
      Reported now = new Reported(progress.epoch(), progress.sentAt().toEpochMilli(), appendedAt);
      reports.collectors.put(progress.collector(), now);
      store.put(key(region, progress.collector()), now.bytes());
    }
    dropSilent(region, reports, appendedAt);
    reports.update(progress);
    return reports.farAhead();
  }

  /** What became known for a region since the last call, at most once a second or for 5 s. */
  Optional<Reach> take(String region, long nowMillis) {
    RegionReports reports = region(region);
    Reach reach = reports.changed;
    boolean soon = nowMillis - reports.takenAtMillis < 1_000;
    if (reach == null || (soon && !reports.farAhead())) {
      return Optional.empty();
    }
    reports.changed = null;
    reports.takenAtMillis = nowMillis;
    reports.told = reach.progressAt();
    return Optional.of(reach);
  }

  Iterable<String> regions() {
    return regions.keySet();
  }

  /**
   * @param progressAt minimum over the live collectors
   * @param goodbye none is left, and the last one said so
   */
  record Reach(Instant progressAt, boolean goodbye) {}

  private RegionReports region(String region) {
    return regions.computeIfAbsent(region, r -> new RegionReports());
  }

  private void dropSilent(String region, RegionReports reports, long now) {
    List<String> silent = new ArrayList<>();
    reports.collectors.forEach(
        (name, reported) -> {
          if (now - reported.seenAt > SILENT_MAX_MILLIS) {
            silent.add(name);
          }
        });
    if (reports.collectors.size() > COLLECTORS_MAX) {
      reports.collectors.entrySet().stream()
          .min(Map.Entry.comparingByValue((a, b) -> Long.compare(a.seenAt, b.seenAt)))
          .ifPresent(oldest -> silent.add(oldest.getKey()));
    }
    silent.forEach(name -> remove(region, reports, name));
  }

  private void remove(String region, RegionReports reports, String collector) {
    reports.collectors.remove(collector);
    store.delete(key(region, collector));
  }

  private static String key(String region, String collector) {
    return region + SEPARATOR + collector;
  }

  private static final class RegionReports {
    private final Map<String, Reported> collectors = new HashMap<>();
    private @Nullable Reach changed;
    private @Nullable Instant told;
    private long takenAtMillis = Long.MIN_VALUE / 2;

    void update(Progress last) {
      changed =
          reached()
              .map(progressAt -> new Reach(progressAt, false))
              .orElseGet(() -> new Reach(last.sentAt(), true));
    }

    /** A former life told about this. */
    void resume() {
      told = reached().orElse(null);
    }

    boolean farAhead() {
      return changed != null
          && told != null
          && changed.progressAt().toEpochMilli() - told.toEpochMilli() >= STEP_MAX_MILLIS;
    }

    private Optional<Instant> reached() {
      return collectors.values().stream()
          .map(reported -> Instant.ofEpochMilli(reported.sentAt))
          .min(Comparator.naturalOrder());
    }
  }

  /**
   * @param seenAt log-append time of the last report
   */
  private record Reported(long epoch, long sentAt, long seenAt) {
    byte[] bytes() {
      return ByteBuffer.allocate(3 * Long.BYTES)
          .putLong(epoch)
          .putLong(sentAt)
          .putLong(seenAt)
          .array();
    }

    static Reported read(byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new Reported(buffer.getLong(), buffer.getLong(), buffer.getLong());
    }
  }
}
