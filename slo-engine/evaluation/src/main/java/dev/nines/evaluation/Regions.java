// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.Slices;
import dev.nines.transport.JsonSerde;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * What is measured: progress of all regions, on two tracks each. One covers what is counted from
 * spans, the other, which comes a moment later, what is counted from metrics. A track that never
 * reported has no silence.
 */
final class Regions {

  /** A region silent for so long no longer holds back what the others complete. */
  private static final long GONE_AFTER_MILLIS = 3_600_000;

  /** Silence after which the healthy regions go on alone. */
  private static final long WAIT_MILLIS = 300_000;

  /** How long {@code telemetry.in} and {@code series.points} keep a record. */
  private static final long KEPT_MILLIS = 86_400_000;

  /** No region has this in its name. */
  private static final String SERIES = "\u0000series";

  private static final JsonSerde<RegionProgress> JSON = new JsonSerde<>(RegionProgress.class);

  private final KeyValueStore<String, byte[]> store;
  private final Map<String, RegionProgress> regions = new HashMap<>();

  Regions(KeyValueStore<String, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<String, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        var entry = entries.next();
        regions.put(entry.key, JSON.read(entry.value));
      }
    }
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /** Name of a region's track, as all questions here want it. */
  static String track(String region, boolean series) {
    return series ? region + SERIES : region;
  }

  /**
   * Takes a report.
   *
   * @param nowMillis by the wall clock: what it judged without a region that was silent for it then
   *     is behind, in a silence that {@link RegionProgress#judgedTo} saw too
   * @return the boundary that the region passed. A step over several boundaries is a silence: what
   *     lies in it was judged, as unmeasured, when it was
   */
  Passed report(CompleteTo record, long nowMillis) {
    String region = track(record.region(), record.series());
    @Nullable RegionProgress before = regions.get(region);
    if (before == null) {
      put(region, RegionProgress.first(record));
      return Passed.NONE;
    }
    boolean behind = nowMillis - before.progressAt() > RegionProgress.SILENT_AFTER_MILLIS;
    RegionProgress after = before.with(record, behind ? Boundaries.last(nowMillis) : 0);
    put(region, after);
    long until = after.behindUntil();
    return new Passed(
        passed(before.progressAt(), after.progressAt()),
        passed(before.completeTo().orElse(until), after.completeTo().orElse(until)),
        until);
  }

  /**
   * A minute to which a region is complete.
   *
   * @param series on the track of metrics, else of spans
   * @param toSeconds end of it, epoch seconds
   */
  record Minute(String region, boolean series, long toSeconds) {

    String track() {
      return Regions.track(region, series);
    }
  }

  /**
   * Minutes by which the traffic of some line was not judged, in their order, two of a track at
   * most: the task that had begun is gone.
   */
  List<Minute> trafficDue() {
    List<Minute> due = new ArrayList<>();
    regions.forEach(
        (track, progress) -> {
          long last = minuteOf(progress.completeTo());
          long step = Slices.LEDGER_SECONDS;
          if (last > progress.trafficTo()) {
            long first = Math.max(progress.trafficTo() + step, last - step);
            LongStream.rangeClosed(first / step, last / step)
                .forEach(number -> due.add(minute(track, number * step)));
          }
        });
    return due;
  }

  private static Minute minute(String track, long toSeconds) {
    boolean series = track.endsWith(SERIES);
    String region = series ? track.substring(0, track.length() - SERIES.length()) : track;
    return new Minute(region, series, toSeconds);
  }

  /** The traffic of all lines was judged by it. Of what left nothing was. */
  void trafficJudged(Minute minute) {
    @Nullable RegionProgress progress = regions.get(minute.track());
    if (progress != null && !progress.goodbye() && progress.trafficTo() < minute.toSeconds()) {
      put(minute.track(), progress.withTraffic(minute.toSeconds()));
    }
  }

  /** End of the last minute that a track is complete to, epoch seconds. */
  long minuteOf(String track) {
    return minuteOf(completeTo(track));
  }

  private static long minuteOf(OptionalLong completeTo) {
    return completeTo.isEmpty()
        ? Long.MIN_VALUE
        : Slices.floor(Math.floorDiv(completeTo.getAsLong(), 1_000L), Slices.LEDGER_SECONDS);
  }

  private void put(String region, RegionProgress progress) {
    regions.put(region, progress);
    store.put(region, JSON.write(progress));
  }

  /**
   * Boundaries that a region passed.
   *
   * @param reached all that was appended before is counted
   * @param complete all that ended before is
   * @param behindUntil to there the wall clock was ahead by more than 10 s, epoch milliseconds
   */
  record Passed(OptionalLong reached, OptionalLong complete, long behindUntil) {

    private static final Passed NONE = new Passed(OptionalLong.empty(), OptionalLong.empty(), 0);

    /** The wall clock passed it long before. */
    boolean behind(long boundary) {
      return boundary <= behindUntil;
    }
  }

  private static OptionalLong passed(long before, long after) {
    long next = nextBoundary(before);
    return next <= after ? OptionalLong.of(next) : OptionalLong.empty();
  }

  /** Everything appended before is counted; also where a region never reported. */
  boolean reached(String region, long atMillis) {
    @Nullable RegionProgress progress = regions.get(region);
    return progress == null || progress.progressAt() >= atMillis;
  }

  /**
   * Every region that ever reported has reached an instant, one that left too.
   *
   * @param series on the tracks of metrics, else of spans
   */
  boolean allReached(long atMillis, boolean series) {
    return tracks(series).stream().allMatch(progress -> progress.progressAt() >= atMillis);
  }

  /** Every such track is complete to an instant. */
  boolean allComplete(long atMillis, boolean series) {
    return tracks(series).stream()
        .allMatch(progress -> progress.completeTo().orElse(Long.MIN_VALUE) >= atMillis);
  }

  /** A silence covers what followed an instant that was reached. */
  boolean silentFrom(String region, long atMillis) {
    @Nullable RegionProgress progress = regions.get(region);
    return progress != null && progress.unmeasuredMillis(atMillis, atMillis + 1) > 0;
  }

  /**
   * Reached, or so far behind, or left, that the others need not wait for it.
   *
   * @param complete not only reached
   */
  boolean passed(String region, long atMillis, boolean complete) {
    @Nullable RegionProgress progress = regions.get(region);
    boolean there =
        complete
            ? completeTo(region).orElse(Long.MIN_VALUE) >= atMillis
            : reached(region, atMillis);
    return there
        || progress == null
        || progress.goodbye()
        || atMillis - progress.progressAt() > WAIT_MILLIS;
  }

  boolean silent(String region, long atMillis) {
    @Nullable RegionProgress progress = regions.get(region);
    return progress != null && progress.silentAt(atMillis);
  }

  /** Last report of a region that is silent now. */
  OptionalLong silentSince(String region, long atMillis) {
    @Nullable RegionProgress progress = regions.get(region);
    return progress != null && progress.silentAt(atMillis)
        ? OptionalLong.of(progress.progressAt())
        : OptionalLong.empty();
  }

  /** Part of a stretch that the region reported; what it did not report yet is not measured. */
  long reportedMillis(String region, long measuredFrom, long start, long end) {
    long reported = Math.min(end, progressAt(region));
    return measuredMillis(region, measuredFrom, start, reported);
  }

  /** Everything appended before is counted; {@link Long#MIN_VALUE} while it never reported. */
  long progressAt(String region) {
    @Nullable RegionProgress progress = regions.get(region);
    return progress == null ? Long.MIN_VALUE : progress.progressAt();
  }

  /** Part of a stretch in which the region was measured, nothing before {@code measuredFrom}. */
  long measuredMillis(String region, long measuredFrom, long start, long end) {
    long from = Math.max(start, measuredFrom);
    if (from >= end) {
      return 0;
    }
    @Nullable RegionProgress progress = regions.get(region);
    return end - from - (progress == null ? 0 : progress.unmeasuredMillis(from, end));
  }

  OptionalLong completeTo(String region) {
    @Nullable RegionProgress progress = regions.get(region);
    return progress == null ? OptionalLong.empty() : progress.completeTo();
  }

  /** The slice of a cell is complete. */
  boolean complete(String region, Cell cell) {
    long sliceEnd = (cell.sliceStartSeconds() + Slices.SECONDS) * 1_000;
    return sliceEnd <= completeTo(region).orElse(Long.MIN_VALUE);
  }

  /**
   * Nothing more comes that belongs to what was appended at an instant: it was before the goodbye;
   * or behind it, and no collector that may have sent it reported since; or so long ago that the
   * rest has left its topic.
   */
  boolean over(String region, long appendedAt, long nowMillis) {
    @Nullable RegionProgress progress = regions.get(region);
    long waited = nowMillis - appendedAt;
    return (progress != null && progress.goodbye())
        ? appendedAt <= progress.progressAt() || waited > WAIT_MILLIS
        : waited > KEPT_MILLIS;
  }

  /** A region that is on its way to an instant, and will be there soon. */
  boolean waitsFor(String region, long completeToMillis) {
    @Nullable RegionProgress progress = regions.get(region);
    if (progress == null || progress.goodbye() || progress.completeTo().isEmpty()) {
      return false;
    }
    long missing = completeToMillis - progress.completeTo().getAsLong();
    return missing > 0 && missing <= WAIT_MILLIS;
  }

  /** Silent for so long that the others are told without it. */
  boolean lost(String region, long atMillis) {
    @Nullable RegionProgress progress = regions.get(region);
    return progress != null
        && progress.silentAt(atMillis)
        && atMillis - progress.progressAt() > GONE_AFTER_MILLIS;
  }

  /** It left, or died without a word, so long ago that it is not expected to come back. */
  boolean gone(String region, long atMillis) {
    boolean leftLongAgo =
        left(region)
            && atMillis - completeTo(region).orElse(Long.MIN_VALUE / 2) > GONE_AFTER_MILLIS;
    return leftLongAgo
        || silentSince(region, atMillis).orElse(Long.MAX_VALUE) < atMillis - KEPT_MILLIS;
  }

  /** Its last word was a goodbye: nothing more comes for now. */
  boolean left(String region) {
    @Nullable RegionProgress progress = regions.get(region);
    return progress != null && progress.goodbye();
  }

  /**
   * The minimum over all regions but those that left; empty while one of them is unknown.
   *
   * @param series of the tracks of metrics, else of spans
   */
  OptionalLong completeToOfAll(long atMillis, boolean series) {
    long least = Long.MAX_VALUE;
    List<RegionProgress> all = tracks(series);
    for (RegionProgress progress : all) {
      if (!progress.goodbye() && atMillis - progress.progressAt() < GONE_AFTER_MILLIS) {
        if (progress.completeTo().isEmpty()) {
          return OptionalLong.empty();
        }
        least = Math.min(least, progress.completeTo().getAsLong());
      }
    }
    return least == Long.MAX_VALUE ? latestGoodbye(all) : OptionalLong.of(least);
  }

  /**
   * To where tracks can be judged together: the least that one of them is complete to. A track that
   * left or is silent holds up no other: time passes for it as if it reported.
   *
   * @return empty when none of them ever reported, and while one is not heard of in all partitions
   */
  OptionalLong judgedTo(Collection<String> tracks, long nowMillis) {
    OptionalLong least =
        tracks.stream()
            .map(regions::get)
            .filter(Objects::nonNull)
            .mapToLong(progress -> progress.judgedTo(nowMillis))
            .min();
    return least.isPresent() && least.getAsLong() == Long.MIN_VALUE ? OptionalLong.empty() : least;
  }

  /** It left, or is silent: what it did not report is not on its way. */
  boolean leftOrSilent(String region, long atMillis) {
    return left(region) || silent(region, atMillis);
  }

  private List<RegionProgress> tracks(boolean series) {
    return regions.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(SERIES) == series)
        .map(Map.Entry::getValue)
        .toList();
  }

  private static long nextBoundary(long millis) {
    long slice = Slices.SECONDS * 1_000;
    return Math.floorDiv(millis, slice) * slice + slice;
  }

  private static OptionalLong latestGoodbye(List<RegionProgress> all) {
    return all.stream()
        .filter(RegionProgress::goodbye)
        .flatMapToLong(progress -> progress.completeTo().stream())
        .max();
  }
}
