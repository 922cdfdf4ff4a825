// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.extraction.SeriesRecord.Use;
import dev.nines.transport.JsonSerde;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The last point of each stream, for as long as it may go on. A stream is a series since one start
 * time: a restart of the client begins another one, a late point of the former finds its own last
 * point, and two writers that share a series do not reset each other.
 */
final class Streams {

  private static final JsonSerde<Last> JSON = new JsonSerde<>(Last.class);
  private static final int EXAMINED_AT_ONCE_MAX = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** An export interval that began before an SLO's line belongs to it, hours of silence do not. */
  private static final long BEFORE_LINE_MAX_MILLIS = Duration.ofMinutes(10).toMillis();

  private final KeyValueStore<Bytes, byte[]> store;
  private final int max;
  private final long memoryMillis;
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
    this.memoryMillis = memory.toMillis();
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

  /** What became of a point. */
  enum Outcome {
    /** It adds to the point before. */
    COUNTED("counted"),
    /** The first one seen: what it adds depends on when the stream began. */
    FIRST("first"),
    /** A value fell though the start is the same: all of it is new. */
    RESET("reset"),
    /** Not after the last point, which covers it. */
    OLD("old"),
    OVER_LIMIT("overLimit");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * @param measure events that the point adds, if it adds any
   * @param sinceMillis after which they were: time of the point before, or start of the stream
   */
  record Addition(Outcome outcome, Measure measure, long sinceMillis) {

    private static Addition nothing(Outcome outcome, Measure measure) {
      return new Addition(outcome, measure, Long.MIN_VALUE);
    }

    /**
     * A stream that began before the SLO's line has a first point as its baseline, and so has one
     * that nobody selected for a while: what it counted meanwhile is not the line's.
     */
    boolean countsFor(Use use) {
      long lineMillis = use.sinceSeconds() * 1_000;
      return switch (outcome) {
        case COUNTED, RESET -> sinceMillis >= lineMillis - BEFORE_LINE_MAX_MILLIS;
        case FIRST -> sinceMillis >= lineMillis;
        case OLD, OVER_LIMIT -> false;
      };
    }
  }

  Addition add(SeriesRecord.Point point) {
    latest.merge(point.region(), point.appendedAt(), Math::max);
    Bytes key = key(point);
    byte @Nullable [] stored = store.get(key);
    if (stored == null) {
      return first(key, point);
    }
    Last last = JSON.read(stored);
    boolean after = Long.compareUnsigned(point.timeNanos(), last.timeNanos()) > 0;
    boolean clockSetBack = !after && last.skewed() && !point.skewed();
    Optional<Measure> added = point.measure().since(last.measure());
    if (!after && !(clockSetBack && added.isPresent())) {
      return Addition.nothing(Outcome.OLD, point.measure());
    }
    keep(key, point);
    long lastMillis =
        last.skewed() ? last.appendedAt() : Long.divideUnsigned(last.timeNanos(), NANOS_PER_MILLI);
    return added
        .map(measure -> new Addition(Outcome.COUNTED, measure, lastMillis))
        .orElseGet(() -> new Addition(Outcome.RESET, point.measure(), lastMillis));
  }

  /**
   * Forgets streams that were silent for too long, examining 1,000 a call. A region that is behind
   * has its own time, but no more than its topics keep: one that is gone frees its streams, too.
   */
  int expire() {
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

  private Addition first(Bytes key, SeriesRecord.Point point) {
    if (size >= max) {
      return Addition.nothing(Outcome.OVER_LIMIT, point.measure());
    }
    size++;
    keep(key, point);
    return point.startKnown() && remembered(point)
        ? new Addition(Outcome.FIRST, point.measure(), startMillis(point))
        : Addition.nothing(Outcome.FIRST, point.measure());
  }

  /**
   * A stream that began in the last half of what is remembered was not forgotten: this really is
   * its first point. The other half is for clocks that differ.
   */
  private boolean remembered(SeriesRecord.Point point) {
    return startMillis(point) >= point.appendedAt() - memoryMillis / 2;
  }

  private static long startMillis(SeriesRecord.Point point) {
    return Long.divideUnsigned(point.startNanos(), NANOS_PER_MILLI);
  }

  private void keep(Bytes key, SeriesRecord.Point point) {
    store.put(
        key,
        JSON.write(
            new Last(
                point.region(),
                point.appendedAt(),
                point.timeNanos(),
                point.skewed(),
                point.measure())));
  }

  private static Bytes key(SeriesRecord.Point point) {
    byte[] series = HexFormat.of().parseHex(point.series());
    return Bytes.wrap(
        ByteBuffer.allocate(series.length + Long.BYTES)
            .put(series)
            .putLong(point.startNanos())
            .array());
  }

  /**
   * The last point of a stream.
   *
   * @param skewed its clock was ahead: once that is set back, its time is no measure of what
   *     follows
   */
  private record Last(
      String region, long appendedAt, long timeNanos, boolean skewed, Measure measure) {}
}
