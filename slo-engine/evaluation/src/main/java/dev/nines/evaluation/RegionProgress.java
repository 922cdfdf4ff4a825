// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CountRecord.CompleteTo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How far one region reported, and when it was silent: the stored form of {@link Regions}.
 *
 * @param partitions how many partitions must report before the region is complete to anything
 * @param reported by partition
 * @param silences closed stretches of more than 10 s between two reports, oldest first; also those
 *     after a goodbye, once the region is back
 * @param progressAt minimum over the partitions that reported; never goes back
 * @param goodbye every partition's last report was one
 * @param behindUntil to there the wall clock was ahead by more than 10 s, epoch milliseconds; 0
 *     while it never was
 * @param trafficTo end of the last minute by which the traffic of all lines was judged, epoch
 *     seconds
 */
record RegionProgress(
    int partitions,
    Map<Integer, Reported> reported,
    List<Silence> silences,
    long progressAt,
    boolean goodbye,
    long behindUntil,
    long trafficTo) {

  static final long SILENT_AFTER_MILLIS = 10_000;
  private static final int SILENCES_MAX = 1_000;

  /** Last report of one partition, epoch milliseconds. */
  record Reported(long progressAt, long completeTo, boolean goodbye) {}

  /** Nothing was reported between the two, epoch milliseconds. */
  record Silence(long from, long to) {
    long overlap(long start, long end) {
      return Math.max(0, Math.min(to, end) - Math.max(from, start));
    }
  }

  static RegionProgress first(CompleteTo record) {
    long at = record.progressAt().toEpochMilli();
    return new RegionProgress(record.partitions(), Map.of(), List.of(), at, record.goodbye(), 0, 0)
        .with(record, 0);
  }

  /**
   * @param behind to there the wall clock is ahead, epoch milliseconds
   */
  RegionProgress with(CompleteTo record, long behind) {
    Map<Integer, Reported> next = new HashMap<>(reported);
    next.put(
        record.partition(),
        new Reported(
            record.progressAt().toEpochMilli(),
            record.completeTo().toEpochMilli(),
            record.goodbye()));
    long least = next.values().stream().mapToLong(Reported::progressAt).min().orElse(progressAt);
    long reached = Math.max(progressAt, least);
    boolean left = next.values().stream().allMatch(Reported::goodbye);
    return new RegionProgress(
        record.partitions(),
        next,
        silences(reached),
        reached,
        left,
        Math.max(behindUntil, behind),
        trafficTo);
  }

  RegionProgress withTraffic(long toSeconds) {
    return new RegionProgress(
        partitions, reported, silences, progressAt, goodbye, behindUntil, toSeconds);
  }

  /** All that ended before is counted; empty until every partition reported. */
  OptionalLong completeTo() {
    return reported.size() < partitions ? OptionalLong.empty() : OptionalLong.of(leastCompleteTo());
  }

  /** Asked for each count, and so without a stream. */
  private long leastCompleteTo() {
    long least = Long.MAX_VALUE;
    for (Reported each : reported.values()) {
      least = Math.min(least, each.completeTo());
    }
    return least;
  }

  /** What it is complete to; behind now by its last lateness while it does not report. */
  long judgedTo(long nowMillis) {
    if (!goodbye && !silentAt(nowMillis)) {
      return completeTo().orElse(Long.MIN_VALUE);
    }
    return nowMillis - Math.max(0, progressAt - leastCompleteTo());
  }

  boolean silentAt(long atMillis) {
    return !goodbye && atMillis - progressAt > SILENT_AFTER_MILLIS;
  }

  long unmeasuredMillis(long start, long end) {
    long unmeasured = silentAt(end) ? new Silence(progressAt, end).overlap(start, end) : 0;
    for (Silence silence : silences) {
      unmeasured += silence.overlap(start, end);
    }
    return unmeasured;
  }

  private List<Silence> silences(long reached) {
    if (reached - progressAt <= SILENT_AFTER_MILLIS) {
      return silences;
    }
    List<Silence> next = new ArrayList<>(silences);
    next.add(new Silence(progressAt, reached));
    if (next.size() > SILENCES_MAX) {
      Silence second = next.remove(1);
      next.set(0, new Silence(next.getFirst().from(), second.to()));
    }
    return next;
  }
}
