// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.objectives.series.Addition;
import dev.nines.objectives.series.Last;
import dev.nines.objectives.series.Outcome;
import dev.nines.objectives.series.SeriesPoint;
import dev.nines.transport.JsonSerde;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** The last point of each stream, for as long as it may go on. */
final class Streams {

  private static final JsonSerde<Last> JSON = new JsonSerde<>(Last.class);
  private static final int EXAMINED_AT_ONCE_MAX = 1_000;

  private final KeyValueStore<Bytes, byte[]> store;
  private final int max;
  private final Duration memory;
  private final Map<String, Long> latest = new HashMap<>();
  private int size;
  private @Nullable Bytes examined;

  /**
   * @param max a point of one stream more counts nothing
   * @param memory of log-append time of its region: then a silent stream is forgotten
   */
  Streams(KeyValueStore<Bytes, byte[]> store, int max, Duration memory) {
    this.store = store;
    this.max = max;
    this.memory = memory;
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        entries.next();
        size++;
      }
    }
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(KeyValueBytesStoreSupplier disk) {
    return Stores.keyValueStoreBuilder(disk, Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  Addition add(SeriesRecord.Point told) {
    latest.merge(told.region(), told.appendedAt(), Math::max);
    Bytes key = key(told);
    SeriesPoint point = told.point();
    byte @Nullable [] stored = store.get(key);
    if (stored == null) {
      return first(key, point);
    }
    Addition addition = JSON.read(stored).then(point);
    if (addition.outcome() != Outcome.OLD) {
      store.put(key, JSON.write(Last.of(point)));
    }
    return addition;
  }

  /**
   * Forgets streams that were silent for too long, examining 1,000 a call. A region that is behind
   * has its own time, but no more than its topics keep: one that is gone frees its streams, too.
   */
  int expire() {
    long memoryMillis = memory.toMillis();
    long latestOfAll = latest.values().stream().mapToLong(Long::longValue).max().orElse(0);
    List<Bytes> silent = new ArrayList<>();
    int seen = 0;
    @Nullable Bytes last = null;
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(examined, null)) {
      while (entries.hasNext() && seen < EXAMINED_AT_ONCE_MAX) {
        var entry = entries.next();
        last = entry.key;
        seen++;
        Last stream = JSON.read(entry.value);
        long now = latest.getOrDefault(stream.region(), stream.appendedAt());
        if (now - stream.appendedAt() > memoryMillis
            || latestOfAll - stream.appendedAt() > 2 * memoryMillis) {
          silent.add(entry.key);
        }
      }
    }
    examined = seen < EXAMINED_AT_ONCE_MAX ? null : last;
    silent.forEach(store::delete);
    size -= silent.size();
    return silent.size();
  }

  private Addition first(Bytes key, SeriesPoint point) {
    if (size >= max) {
      return Addition.nothing(Outcome.OVER_LIMIT, point.measure());
    }
    size++;
    store.put(key, JSON.write(Last.of(point)));
    return Last.first(point, memory);
  }

  private static Bytes key(SeriesRecord.Point point) {
    byte[] series = HexFormat.of().parseHex(point.series());
    return Bytes.wrap(
        ByteBuffer.allocate(series.length + Long.BYTES)
            .put(series)
            .putLong(point.startNanos())
            .array());
  }
}
