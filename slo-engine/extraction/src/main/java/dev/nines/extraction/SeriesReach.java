// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.JsonSerde;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * How far all first-stage partitions of each region came, as seen in one partition of {@code
 * series.points}: the least of them, once each was heard of.
 */
final class SeriesReach {

  private static final JsonSerde<SeriesRecord> JSON = new JsonSerde<>(SeriesRecord.class);

  /** As in {@link Completion}: a jump of 10 s would read as a silence of the region. */
  private static final long STEP_MAX_MILLIS = 5_000;

  private static final long TELL_EVERY_MILLIS = 1_000;

  private final KeyValueStore<String, byte[]> store;
  private final Map<String, Region> regions = new HashMap<>();

  /** Reads what a former life of the task stored. */
  SeriesReach(KeyValueStore<String, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<String, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        if (JSON.read(entries.next().value) instanceof SeriesRecord.Reach reach) {
          region(reach).byPartition.put(reach.partition(), reach);
        }
      }
    }
    regions.values().forEach(Region::resume);
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /** Takes a report; true when {@link #take} should follow at once. */
  boolean report(SeriesRecord.Reach reach) {
    Region region = region(reach);
    region.byPartition.put(reach.partition(), reach);
    region.changed = true;
    store.put(reach.region() + '/' + reach.partition(), JSON.write(reach));
    return region.farAhead();
  }

  /** What became known since the last call, of each region at most once a second or for 5 s. */
  List<SeriesRecord.Reach> take(long nowMillis, int partition) {
    List<SeriesRecord.Reach> taken = new ArrayList<>();
    regions.forEach(
        (name, region) -> {
          boolean due = nowMillis - region.toldAtMillis >= TELL_EVERY_MILLIS || region.farAhead();
          if (region.changed && region.complete() && due) {
            region.tell(nowMillis);
            taken.add(region.least(name, partition));
          }
        });
    return taken;
  }

  private Region region(SeriesRecord.Reach reach) {
    return regions.computeIfAbsent(reach.region(), name -> new Region(reach.partitions()));
  }

  private static final class Region {
    private final int partitions;
    private final Map<Integer, SeriesRecord.Reach> byPartition = new TreeMap<>();
    private boolean changed;
    private @Nullable Instant told;
    private long toldAtMillis = Long.MIN_VALUE / 2;

    Region(int partitions) {
      this.partitions = partitions;
    }

    boolean complete() {
      return byPartition.size() == partitions;
    }

    boolean farAhead() {
      return complete()
          && told != null
          && progressAt().toEpochMilli() - told.toEpochMilli() >= STEP_MAX_MILLIS;
    }

    void tell(long nowMillis) {
      changed = false;
      toldAtMillis = nowMillis;
      told = progressAt();
    }

    /** A former life told about this. */
    void resume() {
      told = complete() ? progressAt() : null;
    }

    SeriesRecord.Reach least(String name, int partition) {
      return new SeriesRecord.Reach(
          name,
          partition,
          TelemetryTopics.SERIES_POINTS.partitions(),
          progressAt(),
          least(byPartition.values(), SeriesRecord.Reach::completeTo),
          byPartition.values().stream().allMatch(SeriesRecord.Reach::goodbye));
    }

    private Instant progressAt() {
      return least(byPartition.values(), SeriesRecord.Reach::progressAt);
    }

    private static Instant least(
        Collection<SeriesRecord.Reach> reaches, Function<SeriesRecord.Reach, Instant> time) {
      return reaches.stream().map(time).min(Instant::compareTo).orElseThrow();
    }
  }
}
