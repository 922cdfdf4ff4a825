// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.evaluation.Vanishing.Stretch;
import dev.nines.objectives.SloStatus;
import dev.nines.transport.Sums;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How many events are expected in five minutes: what the hours of a week before had at least, else
 * what the last measured hour had. All times are epoch seconds.
 *
 * <ul>
 *   <li>A week before: the least of the hours that touch the same five minutes or lie beside them,
 *       over 12, so that a shop which opens or closes at any minute is not expected too early or
 *       late, and a change of summer time does not matter. Where traffic was told as vanished in
 *       one of them, that week says nothing.
 *   <li>The last measured hour: the 60 newest measured minutes before the five, of the last six
 *       hours; at least 30. What was told as vanished is no part of them, nor is what is low up to
 *       the five: that is the same outage. When five others in a row had themselves under 20 % of
 *       the mean, nothing is usual, and nothing is expected.
 * </ul>
 */
final class Expectations {

  static final long WINDOW_SECONDS = 300;

  /** A week, and a day for the hours before and after, and for what is judged late. */
  private static final long TOLD_SECONDS = Duration.ofDays(8).toSeconds();

  private static final long LOOK_BACK_SECONDS = Duration.ofHours(6).toSeconds();

  private static final long MINUTE = 60;
  private static final long HOUR = 3_600;
  private static final long DAY = 86_400;
  private static final int HOUR_MINUTES = 60;
  private static final int MINUTES_MIN = 30;
  private static final int WINDOW_MINUTES = 5;
  private static final int DAYS = 3;

  private final Regions regions;

  Expectations(Regions regions) {
    this.regions = regions;
  }

  /**
   * The five minutes before the scope's instant.
   *
   * @param completeToMillis how far a region must be complete to be measured
   */
  Traffic of(Line line, Scope scope, long completeToMillis) {
    List<RegionTraffic> parts =
        scope.counts().stream()
            .filter(region -> !regions.left(region.track()))
            .map(region -> part(line, region, scope, completeToMillis))
            .toList();
    long to = scope.atMillis() / 1_000;
    Vanishing last = line.vanishings().get(scope.name());
    boolean byWeek = parts.stream().allMatch(RegionTraffic::byWeek);
    Vanishing open = last != null && last.open() && !byWeek ? last : null;
    long expected =
        open == null ? Traffic.sum(parts, RegionTraffic::expectedOrNone) : open.expected();
    boolean known = open != null || parts.stream().anyMatch(part -> part.expected().isPresent());
    long least = Traffic.least(scope.definition().slo().indicator());
    Traffic traffic = new Traffic(to, expected, least, known, false, parts);
    return traffic.vanished() && usualLull(parts, scope, to) ? traffic.ofUsualLull() : traffic;
  }

  /** What is expected at an instant does not ask for what was told before this one. */
  static long oldest(long toSeconds) {
    return toSeconds - TOLD_SECONDS;
  }

  /** Whether the cells that the five minutes are summed from are still there. */
  boolean keeps(Scope scope) {
    long from = scope.atMillis() / 1_000 - WINDOW_SECONDS;
    return scope.counts().stream()
        .allMatch(region -> from >= Rung.MINUTE.oldestCell(region.newestSlice()));
  }

  private RegionTraffic part(Line line, RegionCounts region, Scope scope, long completeToMillis) {
    Definition definition = scope.definition();
    long to = scope.atMillis() / 1_000;
    long from = to - WINDOW_SECONDS;
    // What a back-fill counts of the last minutes may still be on its way to the store.
    boolean own = from * 1_000 >= definition.countedFromMillis();
    boolean complete = own && regions.completeTo(region.track()).orElse(0) >= completeToMillis;
    List<Stretch> told = told(line, region);
    OptionalLong week = week(region, definition, to, told);
    OptionalLong expected = week.isPresent() ? week : hour(region, definition, from, told);
    long parts = definition.slo().indicator().partsOfEvent();
    return new RegionTraffic(
        region,
        complete ? measuredMillis(region, definition, from, to) : 0,
        region.ladder().sum(Rung.MINUTE, from, to - MINUTE).total() / parts,
        week.isPresent(),
        expected.stream().map(events -> events / parts).findFirst());
  }

  private OptionalLong week(
      RegionCounts region, Definition definition, long to, List<Stretch> told) {
    long weekBefore = to - 7 * DAY;
    long first = Rung.HOUR.cellOf(weekBefore - WINDOW_SECONDS) - HOUR;
    long last = Rung.HOUR.cellOf(weekBefore - 1) + HOUR;
    if (first < begin(region, definition)
        || first < Rung.HOUR.oldestCell(region.newestSlice())
        || told.stream().anyMatch(stretch -> stretch.overlaps(first, last + HOUR))
        || !measured(region, definition, first, last + HOUR)) {
      return OptionalLong.empty();
    }
    long[] hours = region.ladder().totals(Rung.HOUR, first, last);
    return OptionalLong.of(Arrays.stream(hours).min().orElse(0) / (HOUR / WINDOW_SECONDS));
  }

  private OptionalLong hour(
      RegionCounts region, Definition definition, long windowStart, List<Stretch> told) {
    long oldest =
        Math.max(
            Math.max(windowStart - LOOK_BACK_SECONDS, begin(region, definition)),
            Rung.MINUTE.oldestCell(region.newestSlice()));
    long first = Math.ceilDiv(oldest, MINUTE) * MINUTE;
    if (first >= windowStart) {
      return OptionalLong.empty();
    }
    long recent = Math.max(first, windowStart - HOUR);
    if (told.stream().noneMatch(stretch -> stretch.overlaps(recent, windowStart))
        && measured(region, definition, recent, windowStart)) {
      long[] lastHour = newest(region, recent, windowStart, minute -> true);
      if (outageMinutes(lastHour) == 0) {
        return steady(lastHour);
      }
    }
    long[] newest =
        newest(region, first, windowStart, minute -> usable(region, definition, minute, told));
    return steady(Arrays.copyOfRange(newest, outageMinutes(newest), newest.length));
  }

  /** The usable minutes of a stretch, newest first. */
  private long[] newest(RegionCounts region, long from, long to, LongPredicate usable) {
    long[] totals = region.ladder().totals(Rung.MINUTE, from, to - MINUTE);
    return LongStream.iterate(totals.length - 1, i -> i >= 0, i -> i - 1)
        .filter(i -> usable.test(from + i * MINUTE))
        .map(i -> totals[(int) i])
        .toArray();
  }

  private boolean usable(
      RegionCounts region, Definition definition, long minute, List<Stretch> told) {
    return told.stream().noneMatch(stretch -> stretch.contains(minute))
        && measured(region, definition, minute, minute + MINUTE);
  }

  /**
   * How many of the newest minutes are low, in fives: they reach up to what is judged, and are the
   * same outage. Gaps between them can have kept it from being told, and it would be unknown for as
   * long as it lasts.
   */
  private static int outageMinutes(long[] newest) {
    int minutes = 0;
    while (low(newest, minutes, fiveOf(newest, minutes))) {
      minutes += WINDOW_MINUTES;
    }
    return minutes;
  }

  /** The mean of five minutes; empty where there is too little, or a lull that was not told. */
  private static OptionalLong steady(long[] newest) {
    if (newest.length < MINUTES_MIN) {
      return OptionalLong.empty();
    }
    long five = fiveOf(newest, 0);
    for (int i = 0; i < HOUR_MINUTES; i += WINDOW_MINUTES) {
      if (low(newest, i, five)) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(five);
  }

  private static boolean low(long[] newest, int from, long five) {
    int to = from + WINDOW_MINUTES;
    return to <= newest.length && Traffic.low(sum(newest, from, to), five);
  }

  /** Five times the mean of an hour of minutes, or of as many as there are. */
  private static long fiveOf(long[] newest, int from) {
    int found = Math.min(HOUR_MINUTES, newest.length - from);
    if (found == 0) {
      return 0;
    }
    long sum = sum(newest, from, from + found);
    // Not sum x 5 / found: the sum of a counter may be as large as a number can be.
    return sum / found * WINDOW_MINUTES + sum % found * WINDOW_MINUTES / found;
  }

  private static long sum(long[] newest, int from, int to) {
    return Arrays.stream(newest, from, to).reduce(0, Sums::capped);
  }

  private boolean usualLull(List<RegionTraffic> parts, Scope scope, long to) {
    return parts.stream()
        .filter(part -> part.expectedOrNone() > 0)
        .allMatch(part -> usualLull(part, scope, to));
  }

  /**
   * Hours say nothing of the minutes in them: work that runs for ten minutes of each hour has
   * lulls. Where each of the last three days had one at this time, it is usual.
   */
  private boolean usualLull(RegionTraffic part, Scope scope, long to) {
    if (!part.byWeek()) {
      return false;
    }
    RegionCounts region = part.region();
    int lulls = 0;
    for (int day = 1; day <= DAYS; day++) {
      long first = Rung.FIVE_MINUTES.cellOf(to - WINDOW_SECONDS - day * DAY);
      long last = Rung.FIVE_MINUTES.cellOf(to - 1 - day * DAY);
      if (first >= Rung.FIVE_MINUTES.oldestCell(region.newestSlice())
          && measured(region, scope.definition(), first, last + WINDOW_SECONDS)) {
        long[] totals = region.ladder().totals(Rung.FIVE_MINUTES, first, last);
        if (!Traffic.low(Arrays.stream(totals).min().orElse(0), part.expectedOrNone())) {
          return false;
        }
        lulls++;
      }
    }
    return lulls > 0;
  }

  /** Nothing can be said of the time before the line, or before the region had any event. */
  private static long begin(RegionCounts region, Definition definition) {
    long firstMinute =
        region.oldestSlice() == Long.MIN_VALUE
            ? Long.MIN_VALUE
            : Math.floorDiv(region.oldestSlice(), MINUTE) * MINUTE + MINUTE;
    return Math.max(firstMinute, Math.ceilDiv(definition.measuredFromMillis(), 1_000L));
  }

  private boolean measured(RegionCounts region, Definition definition, long from, long to) {
    return measuredMillis(region, definition, from, to) == (to - from) * 1_000;
  }

  private long measuredMillis(RegionCounts region, Definition definition, long from, long to) {
    return regions.measuredMillis(
        region.track(), definition.measuredFromMillis(), from * 1_000, to * 1_000);
  }

  /** What was told of the region, and of all. */
  private static List<Stretch> told(Line line, RegionCounts region) {
    return Stream.of(region.key().region(), SloStatus.GLOBAL)
        .map(line.vanishings()::get)
        .filter(Objects::nonNull)
        .flatMap(vanishing -> vanishing.told().stream())
        .toList();
  }
}
