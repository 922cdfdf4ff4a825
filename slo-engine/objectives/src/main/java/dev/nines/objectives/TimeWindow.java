// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;

/**
 * The time that a budget is for: at an instant it is the events from {@link #from} to then.
 *
 * <p>Its text, in JSON too, is the length of ISO 8601 for a rolling window, {@code PT720H}, and for
 * a calendar one start, zone and length: {@code 2026-01-01T00:00[America/New_York]/P1M}.
 */
public sealed interface TimeWindow permits RollingWindow, CalendarWindow {

  /** What is kept of each SLO, by hours: a quarter and more. Of a longer period all of it is. */
  Duration KEPT = Duration.ofDays(94);

  /**
   * @throws IllegalArgumentException when the text is none of {@link #text}
   */
  @JsonCreator
  static TimeWindow parse(String text) {
    return text.indexOf('/') < 0 ? RollingWindow.parse(text) : CalendarWindow.parse(text);
  }

  /** Start of the window that contains an instant, or ends at it; epoch milliseconds. */
  long fromMillis(long atMillis);

  /** Its end, not itself in it: of a rolling window the instant; epoch milliseconds. */
  long endMillis(long atMillis);

  /** No window is longer, changes of the clock aside. */
  Duration longest();

  /** No window is shorter, changes of the clock aside. */
  Duration shortest();

  /** Each starts on a whole hour of UTC, or where that does not matter. */
  boolean onHours();

  @JsonValue
  String text();

  default Instant from(Instant at) {
    return Instant.ofEpochMilli(fromMillis(at.toEpochMilli()));
  }
}
