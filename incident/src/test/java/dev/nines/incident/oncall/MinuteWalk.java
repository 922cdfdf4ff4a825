// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/**
 * The oracle: goes through time minute by minute, as somebody who looks at a clock on the wall and
 * hands over when it first shows the agreed time. It knows no transition of any zone, only what the
 * clock shows at each minute.
 */
final class MinuteWalk {

  private final Instant from;

  private final LocalDate firstDay;
  private final LocalDate lastDay;

  /** The latest time that the clock has shown until each minute, as {@link #number}. */
  private final long[] latestYet;

  /** The earliest time that the clock shows from each minute on. */
  private final long[] earliestToCome;

  MinuteWalk(ZoneId zone, Instant from, Instant to) {
    this.from = from;
    int minutes = Math.toIntExact(Duration.between(from, to).toMinutes());
    long[] shown = new long[minutes];
    for (int i = 0; i < minutes; i++) {
      shown[i] = number(LocalDateTime.ofInstant(instant(i), zone));
    }
    latestYet = shown.clone();
    for (int i = 1; i < minutes; i++) {
      latestYet[i] = Math.max(latestYet[i - 1], shown[i]);
    }
    earliestToCome = shown.clone();
    for (int i = minutes - 2; i >= 0; i--) {
      earliestToCome[i] = Math.min(earliestToCome[i + 1], shown[i]);
    }
    firstDay = LocalDate.ofInstant(from, zone);
    lastDay = LocalDate.ofInstant(to, zone);
  }

  Instant instant(int minute) {
    return from.plus(minute, ChronoUnit.MINUTES);
  }

  /** Who has the duty at each minute; null is nobody. Rotations must not have begun before. */
  String[] duty(Schedule schedule) {
    String[] duty = new String[latestYet.length];
    for (Layer layer : schedule.layers()) {
      String[] turns = turns(layer.rotation());
      boolean[] open = open(layer.restrictions());
      for (int i = 0; i < duty.length; i++) {
        duty[i] = open[i] && turns[i] != null ? turns[i] : duty[i];
      }
    }
    return duty;
  }

  private String[] turns(Rotation rotation) {
    LocalDateTime anchor = rotation.start().with(rotation.handover());
    if (anchor.isAfter(rotation.start())) {
      anchor = anchor.minusDays(1);
    }
    String[] turns = new String[latestYet.length];
    int turn = 0;
    for (int i = 0; i < turns.length; i++) {
      while (number(begins(anchor, rotation, turn + 1)) <= latestYet[i]) {
        turn++;
      }
      if (number(rotation.start()) <= latestYet[i]) {
        turns[i] = rotation.participants().get(turn % rotation.participants().size());
      }
    }
    return turns;
  }

  private static LocalDateTime begins(LocalDateTime anchor, Rotation rotation, int turn) {
    long units = (long) turn * rotation.length();
    return switch (rotation.unit()) {
      case HOUR -> anchor.plusHours(units);
      case DAY -> anchor.plusDays(units);
      case WEEK -> anchor.plusWeeks(units);
      case MONTH -> anchor.plusMonths(units);
    };
  }

  private boolean[] open(List<Restriction> restrictions) {
    boolean[] open = new boolean[latestYet.length];
    List<long[]> windows = new ArrayList<>();
    restrictions.forEach(restriction -> windows.addAll(windows(restriction)));
    for (int i = 0; i < open.length; i++) {
      open[i] = restrictions.isEmpty();
      for (long[] window : windows) {
        open[i] |= window[0] <= latestYet[i] && endIsToCome(i, window[1]);
      }
    }
    return open;
  }

  /** The clock shows an earlier time still, or will show the end itself again. */
  private boolean endIsToCome(int minute, long end) {
    return earliestToCome[minute] < end
        || (minute + 1 < earliestToCome.length && earliestToCome[minute + 1] <= end);
  }

  /** One for each day of the walk and of the ten days before it. */
  private List<long[]> windows(Restriction restriction) {
    List<long[]> windows = new ArrayList<>();
    LocalDate day = firstDay.minusDays(10);
    for (; !day.isAfter(lastDay.plusDays(1)); day = day.plusDays(1)) {
      switch (restriction) {
        case Restriction.Daily daily -> {
          if (daily.days().contains(day.getDayOfWeek())) {
            boolean sameDay = daily.from().isBefore(daily.to());
            windows.add(window(day, daily.from(), sameDay ? day : day.plusDays(1), daily.to()));
          }
        }
        case Restriction.Weekly weekly -> {
          if (weekly.fromDay() == day.getDayOfWeek()) {
            int days = Math.floorMod(weekly.toDay().getValue() - weekly.fromDay().getValue(), 7);
            boolean around = days == 0 && !weekly.from().isBefore(weekly.to());
            LocalDate end = day.plusDays(around ? 7 : days);
            windows.add(window(day, weekly.from(), end, weekly.to()));
          }
        }
      }
    }
    return windows;
  }

  private static long[] window(LocalDate fromDay, LocalTime from, LocalDate toDay, LocalTime to) {
    return new long[] {number(fromDay.atTime(from)), number(toDay.atTime(to))};
  }

  /** Local times in order. */
  private static long number(LocalDateTime local) {
    return local.toEpochSecond(ZoneOffset.UTC);
  }

  /** Where to walk: a zone's clock changes of the years 2020 to 2040. */
  static List<ZoneOffsetTransition> clockChanges(ZoneId zone) {
    List<ZoneOffsetTransition> changes = new ArrayList<>();
    Instant end = Instant.parse("2041-01-01T00:00:00Z");
    ZoneOffsetTransition next =
        zone.getRules().nextTransition(Instant.parse("2020-01-01T00:00:00Z"));
    while (next != null && next.getInstant().isBefore(end)) {
      changes.add(next);
      next = zone.getRules().nextTransition(next.getInstant());
    }
    return changes;
  }
}
