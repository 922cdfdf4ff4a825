// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.TimeWindow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code spec.timeWindow} of an SLO: exactly one window, rolling or by the calendar. */
final class TimeWindowReader {

  /** A leap year: a longer budget would outgrow the state of the engine, 8,784 cells of an hour. */
  static final Duration LONGEST = Duration.ofDays(366);

  /** As OpenSLO's parser has it. */
  private static final Duration YEAR = Duration.ofDays(365);

  /** What the workbook's policies are made for. */
  private static final RollingWindow DEFAULT = new RollingWindow(Duration.ofDays(30));

  private static final Map<String, String> WORDS =
      Map.of("day", "1d", "week", "1w", "month", "1M", "quarter", "1Q", "year", "1Y");

  private static final List<String> DAYS =
      Stream.of(DayOfWeek.values()).map(DayOfWeek::name).toList();

  /** Of a week that began on a Monday. */
  private static final LocalDate MONDAY = LocalDate.of(2024, 1, 1);

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
  static Optional<TimeWindow> of(YamlMap spec) {
    Optional<YamlValue> timeWindow = spec.get("timeWindow");
    if (timeWindow.isPresent()) {
      return read(timeWindow.get());
    }
    String lenient = "reads a rolling window of " + DurationText.format(DEFAULT.length());
    return spec.dialect("timeWindow", "required", "is required", lenient)
        ? Optional.of(DEFAULT)
        : Optional.empty();
  }

  private static Optional<TimeWindow> read(YamlValue timeWindow) {
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
    Optional<YamlValue> calendar = window.get("calendar");
    Optional<Boolean> rolling = isRolling(window, calendar.isPresent());
    if (calendar.isEmpty() && !rolling.orElse(true)) {
      window.refuse("calendar", "required", "is required where isRolling is false");
    }
    Optional<Written> duration = window.require("duration").flatMap(TimeWindowReader::shorthand);
    if (calendar.isPresent()
        && (!rolling.orElse(false)
            || !calendar
                .get()
                .dialect("contradiction", "stands beside isRolling: true", "leaves it out"))) {
      return calendar(calendar.get(), duration);
    }
    return rolling.orElse(true) ? duration.flatMap(TimeWindowReader::rolling) : Optional.empty();
  }

  private static Optional<Boolean> isRolling(YamlMap window, boolean calendar) {
    if (window.has("isRolling")) {
      return window.get("isRolling").flatMap(YamlValue::bool);
    }
    if (calendar) {
      return Optional.of(false);
    }
    return window.dialect("isRolling", "required", "is required", "reads true")
        ? Optional.of(true)
        : Optional.empty();
  }

  /** A length, and where it stands. */
  private record Written(String text, YamlValue place) {}

  private static Optional<Written> shorthand(YamlValue value) {
    String wrong = "is no duration: a number and one of m h d w M Q Y";
    String meant = WORDS.get(value.scalar().toLowerCase(Locale.ROOT));
    if (meant == null) {
      return value.matching(SHORTHAND, "duration", wrong).map(text -> new Written(text, value));
    }
    return value.dialect("duration", "'" + value.scalar() + "' " + wrong, "reads " + meant)
        ? Optional.of(new Written(meant, value))
        : Optional.empty();
  }

  private static Optional<TimeWindow> rolling(Written written) {
    String text = written.text();
    YamlValue duration = written.place();
    if ("MQ".indexOf(unit(text)) >= 0) {
      duration.refuse(
          "fixed-length",
          "'" + unit(text) + "' has no fixed length: write m h d w or Y, or a calendar");
      return Optional.empty();
    }
    Duration length = length(text);
    return kept(duration, length) ? Optional.of(new RollingWindow(length)) : Optional.empty();
  }

  private static Duration length(String text) {
    return unit(text) == 'Y'
        ? YEAR.multipliedBy(Long.parseLong(text.substring(0, text.length() - 1)))
        : DurationText.parse(text).orElseThrow();
  }

  private static Optional<TimeWindow> calendar(YamlValue calendar, Optional<Written> duration) {
    Optional<Period> length = duration.flatMap(TimeWindowReader::period);
    Optional<YamlMap> fields = calendar.map(CALENDAR);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Optional<LocalDateTime> start =
        fields.get().require("startTime").flatMap(TimeWindowReader::start);
    Optional<ZoneId> zone = zone(fields.get());
    if (length.isEmpty() || start.isEmpty() || zone.isEmpty()) {
      return Optional.empty();
    }
    CalendarWindow window = new CalendarWindow(start.get(), length.get(), zone.get());
    return kept(duration.orElseThrow().place(), window.longest())
        ? Optional.of(window)
        : Optional.empty();
  }

  private static Optional<Period> period(Written duration) {
    String text = duration.text();
    int number = Integer.parseInt(text.substring(0, text.length() - 1));
    return switch (unit(text)) {
      case 'd' -> Optional.of(Period.ofDays(number));
      case 'w' -> Optional.of(Period.ofDays(number * WEEK_DAYS));
      case 'M' -> Optional.of(Period.ofMonths(number));
      case 'Q' -> Optional.of(Period.ofMonths(number * QUARTER_MONTHS));
      case 'Y' -> Optional.of(Period.ofMonths(number * YEAR_MONTHS));
      default -> minutes(duration.place(), number);
    };
  }

  /** OpenSLO's own example writes {@code 1m} and means a month. */
  private static Optional<Period> minutes(YamlValue duration, int number) {
    char unit = unit(duration.scalar());
    String wrong = "'" + unit + "' is no length of a calendar: write d w M Q or Y";
    if (unit != 'm') {
      duration.refuse("calendar-length", wrong);
      return Optional.empty();
    }
    return duration.dialect("calendar-length", wrong, "reads months: " + number + "M")
        ? Optional.of(Period.ofMonths(number))
        : Optional.empty();
  }

  private static Optional<LocalDateTime> start(YamlValue value) {
    if (isDayOfWeek(value)) {
      return dayOfWeek(value);
    }
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
      value.refuse("date-time", notADate(value));
    }
    return Optional.empty();
  }

  private static boolean isDayOfWeek(YamlValue value) {
    return DAYS.contains(value.scalar().toUpperCase(Locale.ROOT));
  }

  private static Optional<LocalDateTime> dayOfWeek(YamlValue value) {
    int days = DAYS.indexOf(value.scalar().toUpperCase(Locale.ROOT));
    LocalDateTime start = MONDAY.plusDays(days).atStartOfDay();
    return value.dialect("date-time", notADate(value), "reads " + START.format(start))
        ? Optional.of(start)
        : Optional.empty();
  }

  private static String notADate(YamlValue value) {
    return "'" + value.scalar() + "' is no date and time such as 2026-01-01 00:00:00";
  }

  private static Optional<ZoneId> zone(YamlMap calendar) {
    if (!calendar.has("timeZone")) {
      return calendar.dialect("timeZone", "required", "is required", "reads UTC")
          ? Optional.of(ZoneId.of("UTC"))
          : Optional.empty();
    }
    return calendar.get("timeZone").flatMap(TimeWindowReader::zone);
  }

  private static Optional<ZoneId> zone(YamlValue value) {
    Optional<String> name = value.text();
    if (name.isPresent() && !ZoneId.getAvailableZoneIds().contains(name.get())) {
      value.refuse("time-zone", "'" + name.get() + "' is no zone such as America/New_York or UTC");
      return Optional.empty();
    }
    return name.map(ZoneId::of);
  }

  private static boolean kept(YamlValue duration, Duration length) {
    boolean kept = length.compareTo(LONGEST) <= 0;
    if (!kept) {
      duration.refuse(
          "retention",
          DurationText.format(length) + " is beyond what is kept: " + DurationText.format(LONGEST));
    }
    return kept;
  }

  private static char unit(String shorthand) {
    return shorthand.charAt(shorthand.length() - 1);
  }
}
