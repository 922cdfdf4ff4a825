// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.MONTHS;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Windows of whole days or months, one after the other, by the clocks of a zone: a month has 44,580
 * minutes in New York's March of 2026. They go on before {@code start} as after it. A start that
 * the clocks skip is as much later as they skip; of one that they show twice it is the first.
 *
 * @param start of one of them; on a quarter of an hour, because all clocks of now are whole
 *     quarters from UTC
 * @param length days alone or months alone, above 0; the month after 31 January ends a window on
 *     its last day
 */
public record CalendarWindow(LocalDateTime start, Period length, ZoneId zone)
    implements TimeWindow {

  public static final int START_MINUTES = 15;

  private static final int YEAR_MONTHS = 12;
  private static final int YEAR_DAYS = 365;
  private static final int LEAP_YEAR_DAYS = 366;
  private static final int LONGEST_MONTH_DAYS = 31;
  private static final int SHORTEST_MONTH_DAYS = 28;
  private static final int HOUR_SECONDS = 3_600;

  /** No budget reaches back to before. */
  private static final Instant CLOCKS_SINCE = Instant.parse("2020-01-01T00:00:00Z");

  /** Zones whose clocks are, or were in part of a year, no whole hours from UTC. */
  private static final Set<String> BETWEEN_HOURS =
      ZoneId.getAvailableZoneIds().stream()
          .filter(name -> !wholeHours(ZoneId.of(name).getRules()))
          .collect(Collectors.toUnmodifiableSet());

  public CalendarWindow {
    long months = length.toTotalMonths();
    boolean one = months > 0 ? length.getDays() == 0 : months == 0 && length.getDays() > 0;
    if (!one || !onQuarter(start)) {
      throw new IllegalArgumentException("no calendar window: " + start + " every " + length);
    }
  }

  public static boolean onQuarter(LocalDateTime start) {
    return start.getMinute() % START_MINUTES == 0 && start.getSecond() + start.getNano() == 0;
  }

  static CalendarWindow parse(String text) {
    int zone = text.indexOf('[');
    int length = text.indexOf("]/");
    if (zone < 0 || length < zone) {
      throw new IllegalArgumentException("not start[zone]/length: " + text);
    }
    try {
      return new CalendarWindow(
          LocalDateTime.parse(text.substring(0, zone)),
          Period.parse(text.substring(length + 2)),
          ZoneId.of(text.substring(zone + 1, length)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not start[zone]/length: " + text, e);
    }
  }

  @Override
  public long fromMillis(long atMillis) {
    return startMillis(number(atMillis));
  }

  @Override
  public long endMillis(long atMillis) {
    return startMillis(number(atMillis) + 1);
  }

  @Override
  public Duration longest() {
    return Duration.ofDays(
        years() * LEAP_YEAR_DAYS + months() * LONGEST_MONTH_DAYS + length.getDays());
  }

  @Override
  public Duration shortest() {
    return Duration.ofDays(years() * YEAR_DAYS + months() * SHORTEST_MONTH_DAYS + length.getDays());
  }

  private long years() {
    return length.toTotalMonths() / YEAR_MONTHS;
  }

  /** Beside whole years. */
  private long months() {
    return length.toTotalMonths() % YEAR_MONTHS;
  }

  @Override
  public boolean onHours() {
    return start.getMinute() == 0 && !BETWEEN_HOURS.contains(zone.getId());
  }

  @Override
  public String text() {
    return start + "[" + zone + "]/" + length;
  }

  private static boolean wholeHours(ZoneRules rules) {
    Stream<ZoneOffset> past =
        rules.getTransitions().stream()
            .filter(change -> change.getInstant().isAfter(CLOCKS_SINCE))
            .map(change -> change.getOffsetAfter());
    Stream<ZoneOffset> yearly =
        rules.getTransitionRules().stream()
            .flatMap(rule -> Stream.of(rule.getOffsetBefore(), rule.getOffsetAfter()));
    Stream<ZoneOffset> before = Stream.of(rules.getOffset(CLOCKS_SINCE));
    return Stream.of(before, past, yearly)
        .flatMap(offsets -> offsets)
        .allMatch(offset -> offset.getTotalSeconds() % HOUR_SECONDS == 0);
  }

  /** Of the window that contains an instant; 0 begins at {@code start}. */
  private long number(long atMillis) {
    LocalDateTime at = LocalDateTime.ofInstant(Instant.ofEpochMilli(atMillis), zone);
    long months = length.toTotalMonths();
    long number =
        months > 0
            ? Math.floorDiv(MONTHS.between(start, at), months)
            : Math.floorDiv(DAYS.between(start, at), length.getDays());
    while (startMillis(number) > atMillis) {
      number--;
    }
    while (startMillis(number + 1) <= atMillis) {
      number++;
    }
    return number;
  }

  private long startMillis(long number) {
    LocalDateTime local =
        start
            .plusMonths(Math.multiplyExact(number, length.toTotalMonths()))
            .plusDays(Math.multiplyExact(number, (long) length.getDays()));
    return local.atZone(zone).toInstant().toEpochMilli();
  }
}
