// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle.brute;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * A time window: it rolls, or its starts are found by walking from the first one to the next, as
 * one does in a calendar on the wall.
 *
 * @param seconds 0 for a calendar
 */
public record Stretch(long seconds, LocalDateTime first, ZoneId zone, int number, char unit) {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @SuppressWarnings("unchecked")
  static Stretch of(Map<String, Object> window) {
    String duration = Promise.in(window, "duration").toString();
    Map<String, Object> calendar = (Map<String, Object>) window.get("calendar");
    if (calendar == null) {
      return new Stretch(seconds(duration), LocalDateTime.MIN, ZoneId.of("UTC"), 0, ' ');
    }
    return new Stretch(
        0,
        LocalDateTime.parse(Promise.in(calendar, "startTime").toString(), TIME),
        ZoneId.of(Promise.in(calendar, "timeZone").toString()),
        Integer.parseInt(duration.substring(0, duration.length() - 1)),
        duration.charAt(duration.length() - 1));
  }

  static long seconds(String text) {
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> number;
      case 'm' -> number * 60;
      case 'h' -> number * 3_600;
      case 'd' -> number * 86_400;
      case 'w' -> number * 604_800;
      default -> throw new IllegalArgumentException(text);
    };
  }

  boolean rolls() {
    return seconds > 0;
  }

  /** Start of the window of an instant, epoch milliseconds. */
  long start(long atMillis) {
    return rolls() ? atMillis - seconds * 1_000 : walk(atMillis)[0];
  }

  /** Whole length of the window of an instant, in milliseconds. */
  long length(long atMillis) {
    if (rolls()) {
      return seconds * 1_000;
    }
    long[] window = walk(atMillis);
    return window[1] - window[0];
  }

  private long[] walk(long atMillis) {
    for (int k = 0; ; k++) {
      long next = millis(k + 1);
      if (next > atMillis) {
        return new long[] {millis(k), next};
      }
    }
  }

  private long millis(int k) {
    LocalDateTime local =
        switch (unit) {
          case 'd' -> first.plusDays((long) number * k);
          case 'w' -> first.plusWeeks((long) number * k);
          case 'M' -> first.plusMonths((long) number * k);
          default -> first.plusMonths(3L * number * k);
        };
    Instant instant = local.atZone(zone).toInstant();
    return instant.toEpochMilli();
  }

  /** Begins on hours of UTC, in summer and in winter. */
  boolean onHours() {
    if (rolls()) {
      return true;
    }
    long year = millis(0) + 366L * 86_400_000;
    for (int k = 0; millis(k) <= year; k++) {
      if (millis(k) % 3_600_000 != 0) {
        return false;
      }
    }
    return true;
  }
}
