// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.TimeWindow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code spec.timeWindow} of an SLO: exactly one window, rolling or by the calendar. */
final class TimeWindowReader {

  /** A longer budget would outgrow the state of the engine: 90 d are 2,160 cells of an hour. */
  static final Duration LONGEST_ROLLING = Duration.ofDays(90);

  /** A quarter has 92 days, and may be written as three months. */
  static final Duration LONGEST_CALENDAR = Duration.ofDays(93);

  private static final Set<String> WINDOW = Set.of("duration", "isRolling", "calendar");
  private static final Set<String> CALENDAR = Set.of("startTime", "timeZone");
  private static final Pattern SHORTHAND = Pattern.compile("[1-9][0-9]{0,5}[mhdwMQY]");
  static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
  private static final int WEEK_DAYS = 7;
  private static final int QUARTER_MONTHS = 3;
  private static final int YEAR_MONTHS = 12;

  private TimeWindowReader() {}

  /** Empty after at least one complaint. */
  static Optional<TimeWindow> read(YamlValue timeWindow) {
    Optional<List<YamlValue>> items = timeWindow.list();
    if (items.isEmpty()) {
      return Optional.empty();
    }
    if (items.get().size() != 1) {
      timeWindow.refuse(
          "exactly-one", "has " + items.get().size() + " time windows; exactly one must be");
      return Optional.empty();
    }
    return items.get().getFirst().map(WINDOW).flatMap(TimeWindowReader::window);
  }

  private static Optional<TimeWindow> window(YamlMap window) {
    boolean calendar = window.has("calendar");
    Optional<Boolean> rolling =
        calendar && !window.has("isRolling")
            ? Optional.of(false)
            : window.require("isRolling").flatMap(YamlValue::bool);
    if (calendar && rolling.orElse(false)) {
      window
          .get("calendar")
          .ifPresent(value -> value.refuse("contradiction", "stands beside isRolling: true"));
    }
    if (!calendar && !rolling.orElse(true)) {
      window.refuse("calendar", "required", "is required where isRolling is false");
    }
    Optional<String> text =
        window
            .require("duration")
            .flatMap(
                value ->
                    value.matching(
                        SHORTHAND,
                        "duration",
                        "is no duration: a number and one of m h d w M Q Y"));
    Optional<YamlValue> duration = window.get("duration").filter(value -> text.isPresent());
    if (calendar) {
      return calendar(window.get("calendar").orElseThrow(), duration);
    }
    return rolling.orElse(true) ? duration.flatMap(TimeWindowReader::rolling) : Optional.empty();
  }

  private static Optional<TimeWindow> rolling(YamlValue duration) {
    String text = duration.scalar();
    if ("MQY".indexOf(unit(text)) >= 0) {
      duration.refuse(
          "fixed-length",
          "'" + unit(text) + "' has no fixed length: write m h d or w, or a calendar");
      return Optional.empty();
    }
    Duration length = DurationText.parse(text).orElseThrow();
    return kept(duration, length, LONGEST_ROLLING)
        ? Optional.of(new RollingWindow(length))
        : Optional.empty();
  }

  private static Optional<TimeWindow> calendar(YamlValue calendar, Optional<YamlValue> duration) {
    Optional<Period> length = duration.flatMap(TimeWindowReader::period);
    Optional<YamlMap> fields = calendar.map(CALENDAR);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Optional<LocalDateTime> start =
        fields.get().require("startTime").flatMap(TimeWindowReader::start);
    Optional<ZoneId> zone = fields.get().require("timeZone").flatMap(TimeWindowReader::zone);
    if (length.isEmpty() || start.isEmpty() || zone.isEmpty()) {
      return Optional.empty();
    }
    CalendarWindow window = new CalendarWindow(start.get(), length.get(), zone.get());
    return kept(duration.orElseThrow(), window.longest(), LONGEST_CALENDAR)
        ? Optional.of(window)
        : Optional.empty();
  }

  private static Optional<Period> period(YamlValue duration) {
    String text = duration.scalar();
    int number = Integer.parseInt(text.substring(0, text.length() - 1));
    return switch (unit(text)) {
      case 'd' -> Optional.of(Period.ofDays(number));
      case 'w' -> Optional.of(Period.ofDays(number * WEEK_DAYS));
      case 'M' -> Optional.of(Period.ofMonths(number));
      case 'Q' -> Optional.of(Period.ofMonths(number * QUARTER_MONTHS));
      case 'Y' -> Optional.of(Period.ofMonths(number * YEAR_MONTHS));
      default -> {
        duration.refuse(
            "calendar-length", "'" + unit(text) + "' is no length of a calendar: write d w M or Q");
        yield Optional.empty();
      }
    };
  }

  private static Optional<LocalDateTime> start(YamlValue value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      LocalDateTime start = LocalDateTime.parse(text.get(), START);
      if (CalendarWindow.onQuarter(start)) {
        return Optional.of(start);
      }
      value.refuse(
          "quarter-hour",
          "'%s' is not on a quarter of an hour: budgets begin on one".formatted(text.get()));
    } catch (DateTimeException e) {
      value.refuse(
          "date-time", "'" + text.get() + "' is no date and time such as 2026-01-01 00:00:00");
    }
    return Optional.empty();
  }

  private static Optional<ZoneId> zone(YamlValue value) {
    Optional<String> name = value.text();
    if (name.isPresent() && !ZoneId.getAvailableZoneIds().contains(name.get())) {
      value.refuse("time-zone", "'" + name.get() + "' is no zone such as America/New_York or UTC");
      return Optional.empty();
    }
    return name.map(ZoneId::of);
  }

  private static boolean kept(YamlValue duration, Duration length, Duration longest) {
    boolean kept = length.compareTo(longest) <= 0;
    if (!kept) {
      duration.refuse(
          "retention",
          DurationText.format(length) + " is beyond what is kept: " + DurationText.format(longest));
    }
    return kept;
  }

  private static char unit(String shorthand) {
    return shorthand.charAt(shorthand.length() - 1);
  }
}
