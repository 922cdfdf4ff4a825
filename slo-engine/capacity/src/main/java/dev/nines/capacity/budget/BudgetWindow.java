// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.budget;

import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A period as a forecast sees it from an instant, in hours of the clock, as the engine's ladder has
 * them: those that it began and is in belong to it whole.
 *
 * @param past hours of the period up to the instant, with the one that is not over
 * @param ahead hours until it ends; of a rolling one its length, at most four weeks
 * @param rolls an hour leaves it for each that comes
 */
record BudgetWindow(int past, int ahead, boolean rolls) {

  static final int AHEAD_MAX = 28 * SpentHours.DAY;

  static BudgetWindow at(TimeWindow period, Instant now) {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    return switch (period) {
      case RollingWindow(Duration length) -> {
        int hours = (int) Math.max(1, length.toHours());
        yield new BudgetWindow(hours + 1, Math.min(hours, AHEAD_MAX), true);
      }
      case CalendarWindow calendar -> {
        Instant from = calendar.from(now).truncatedTo(ChronoUnit.HOURS);
        Instant end = Instant.ofEpochMilli(calendar.endMillis(now.toEpochMilli()));
        int left = (int) Duration.between(now, end).toHours();
        int past = (int) Duration.between(from, hour).toHours() + 1;
        yield new BudgetWindow(past, Math.min(left, AHEAD_MAX), false);
      }
    };
  }

  /** Its first hour among {@code known} ones, once so many more are over. */
  int first(int known, int hoursAhead) {
    return Math.clamp((long) known - past + (rolls ? hoursAhead : 0), 0, known);
  }
}
