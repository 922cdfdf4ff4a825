// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The macros of Grafana's ClickHouse data source, expanded as its documentation says (plugin 4.20,
 * docs/sources/query-editor.md, "Macros"): what stands innermost first. A macro that is not known,
 * or has another number of arguments, is refused; the plugin would send it on and ClickHouse would
 * fail. Statement macros are not offered.
 */
final class Macros {

  private static final Pattern PERIOD = Pattern.compile("'?(\\d+)(s|m|h)'?");

  private final TimeRange range;

  Macros(TimeRange range) {
    this.range = range;
  }

  String expand(String sql) {
    String expanded = sql;
    for (Optional<Calls.Call> call = Calls.last(expanded);
        call.isPresent();
        call = Calls.last(expanded)) {
      Calls.Call found = call.get();
      expanded =
          expanded.substring(0, found.start())
              + value(found.name(), found.arguments())
              + expanded.substring(found.end());
    }
    return expanded;
  }

  private String value(String name, List<String> arguments) {
    return switch (name) {
      case "timeFilter" -> between(only(name, arguments), from(), to());
      case "timeFilter_ms" -> between(only(name, arguments), fromMillis(), toMillis());
      case "dateFilter" -> between(only(name, arguments), date(range.from()), date(range.to()));
      case "dateTimeFilter", "dt" -> dateAndTime(name, arguments);
      case "timeFrom" -> only(name, arguments) + " >= " + from();
      case "timeTo" -> only(name, arguments) + " <= " + to();
      case "fromTime" -> none(name, arguments, from());
      case "toTime" -> none(name, arguments, to());
      case "fromTime_ms" -> none(name, arguments, fromMillis());
      case "toTime_ms" -> none(name, arguments, toMillis());
      case "interval_s" -> none(name, arguments, Long.toString(seconds()));
      case "timeInterval" -> bySeconds(only(name, arguments), seconds());
      case "timeInterval_ms" ->
          "toStartOfInterval(toDateTime64(%s, 3), INTERVAL %d millisecond)"
              .formatted(only(name, arguments), Math.max(range.interval().toMillis(), 1));
      case "timeGroup" -> timeGroup(name, arguments);
      default -> throw new IllegalArgumentException("$__" + name + " is no macro");
    };
  }

  private String dateAndTime(String name, List<String> arguments) {
    require(name, arguments, 2);
    return "(%s) AND (%s)"
        .formatted(
            between(arguments.get(0), date(range.from()), date(range.to())),
            between(arguments.get(1), from(), to()));
  }

  private static String timeGroup(String name, List<String> arguments) {
    require(name, arguments, 2);
    Matcher period = PERIOD.matcher(arguments.get(1));
    if (!period.matches()) {
      throw new IllegalArgumentException("$__timeGroup: no period: " + arguments.get(1));
    }
    Duration length = Duration.parse("PT" + period.group(1) + period.group(2));
    return bySeconds(arguments.get(0), length.toSeconds());
  }

  private static String between(String column, String low, String high) {
    return column + " >= " + low + " AND " + column + " <= " + high;
  }

  private static String bySeconds(String column, long seconds) {
    return "toStartOfInterval(toDateTime(%s), INTERVAL %d second)".formatted(column, seconds);
  }

  private static String only(String name, List<String> arguments) {
    require(name, arguments, 1);
    return arguments.getFirst();
  }

  private static String none(String name, List<String> arguments, String value) {
    require(name, arguments, 0);
    return value;
  }

  private static void require(String name, List<String> arguments, int count) {
    if (arguments.size() != count) {
      throw new IllegalArgumentException(
          "$__%s has %d arguments, not %d".formatted(name, arguments.size(), count));
    }
  }

  private String from() {
    return "toDateTime(" + range.from().getEpochSecond() + ")";
  }

  private String to() {
    return "toDateTime(" + range.to().getEpochSecond() + ")";
  }

  private String fromMillis() {
    return "fromUnixTimestamp64Milli(" + range.from().toEpochMilli() + ")";
  }

  private String toMillis() {
    return "fromUnixTimestamp64Milli(" + range.to().toEpochMilli() + ")";
  }

  private static String date(Instant instant) {
    return "toDate('" + LocalDate.ofInstant(instant, ZoneOffset.UTC) + "')";
  }

  private long seconds() {
    return Math.max(range.interval().toSeconds(), 1);
  }
}
