// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a report is about: whole minutes from {@code from} until before {@code to}.
 *
 * @param zone whose midnights begin months and days
 */
public record Period(Instant from, Instant to, ZoneId zone) {

  /** Two of the longest months. */
  public static final int MINUTES_MAX = 62 * 1_440;

  public Period {
    if (!from.equals(from.truncatedTo(ChronoUnit.MINUTES))
        || !to.equals(to.truncatedTo(ChronoUnit.MINUTES))
        || !from.isBefore(to)
        || ChronoUnit.MINUTES.between(from, to) > MINUTES_MAX) {
      throw new DateTimeException(
          "a period is of whole minutes, begins before it ends, and has at most 62 days");
    }
  }

  /** A month as its zone's clocks show it; where they are set forward it is an hour shorter. */
  public static Period month(YearMonth month, ZoneId zone) {
    return new Period(
        month.atDay(1).atStartOfDay(zone).toInstant(),
        month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant(),
        zone);
  }

  public int minutes() {
    return Math.toIntExact(ChronoUnit.MINUTES.between(from, to));
  }

  /** Where the period is exactly one month. */
  public Optional<YearMonth> asMonth() {
    YearMonth first = firstMonth();
    return month(first, zone).equals(this) ? Optional.of(first) : Optional.empty();
  }

  public YearMonth firstMonth() {
    return YearMonth.from(from.atZone(zone));
  }

  Instant minute(int index) {
    return from.plus(index, ChronoUnit.MINUTES);
  }

  /** Index of the minute in which an instant lies, cut to the period; its length at its end. */
  int index(Instant instant) {
    long minutes = ChronoUnit.MINUTES.between(from, instant);
    return instant.isBefore(from) ? 0 : Math.toIntExact(Math.min(minutes, minutes()));
  }
}
