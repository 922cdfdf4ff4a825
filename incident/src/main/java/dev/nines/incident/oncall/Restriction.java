// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Local windows in which a layer counts; a window whose end is not after its start ends later. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(Restriction.Daily.class),
  @JsonSubTypes.Type(Restriction.Weekly.class)
})
public sealed interface Restriction {

  /** All windows that hold an instant near the date, and those around them. */
  Stream<Window> around(LocalDate date);

  /**
   * A time of day.
   *
   * @param days on which a window starts
   * @param to on the next day when it is not after {@code from}
   */
  record Daily(Set<DayOfWeek> days, LocalTime from, LocalTime to) implements Restriction {

    public Daily {
      days = Set.copyOf(days);
    }

    @Override
    public Stream<Window> around(LocalDate date) {
      // A zone may skip a whole day; a window may start once a week.
      return IntStream.rangeClosed(-3, 9)
          .mapToObj(date::plusDays)
          .filter(day -> days.contains(day.getDayOfWeek()))
          .map(day -> new Window(day.atTime(from), end(day).atTime(to)));
    }

    private LocalDate end(LocalDate day) {
      return to.isAfter(from) ? day : day.plusDays(1);
    }
  }

  /** A time of the week, such as Friday 18:00 to Monday 08:00. */
  record Weekly(DayOfWeek fromDay, LocalTime from, DayOfWeek toDay, LocalTime to)
      implements Restriction {

    @Override
    public Stream<Window> around(LocalDate date) {
      LocalDate first = date.with(TemporalAdjusters.previousOrSame(fromDay));
      return IntStream.rangeClosed(-2, 2)
          .mapToObj(first::plusWeeks)
          .map(day -> new Window(day.atTime(from), end(day)));
    }

    private LocalDateTime end(LocalDate day) {
      LocalDateTime end = day.with(TemporalAdjusters.nextOrSame(toDay)).atTime(to);
      return end.isAfter(day.atTime(from)) ? end : end.plusWeeks(1);
    }
  }

  /** One window in local time. */
  record Window(LocalDateTime from, LocalDateTime to) {

    boolean holds(Instant instant, WallClock clock) {
      return !instant.isBefore(clock.start(from)) && instant.isBefore(clock.end(to));
    }

    Stream<Instant> edges(WallClock clock) {
      return Stream.of(clock.start(from), clock.end(to));
    }
  }

  /** Whether the layer counts. */
  static boolean holds(List<Restriction> restrictions, Instant instant, WallClock clock) {
    return restrictions.isEmpty()
        || windows(restrictions, instant, clock).anyMatch(window -> window.holds(instant, clock));
  }

  /** The windows near an instant. */
  static Stream<Window> windows(List<Restriction> restrictions, Instant instant, WallClock clock) {
    LocalDate date = clock.at(instant).toLocalDate();
    return restrictions.stream().flatMap(restriction -> restriction.around(date));
  }
}
