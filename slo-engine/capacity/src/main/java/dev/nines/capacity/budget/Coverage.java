// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.budget;

import dev.nines.objectives.TimeWindow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What intervals of the last 28 days really held: each day at this hour is forecast from what was
 * before it, and what was spent a while later is looked up.
 *
 * @param hoursAhead of the forecasts
 * @param inside of {@code judged} forecasts those whose p10 to p90 held what came; nominal 0.8
 */
record Coverage(int hoursAhead, int judged, int inside) {

  static final double LOW = 0.1;
  static final double HIGH = 0.9;

  private static final int DAYS_BACK = 28;

  /** Equal but for the rounding of floats is inside. */
  private static final double TOLERANCE = 1e-9;

  static Coverage of(
      SpentHours history, TimeWindow period, Instant now, BigDecimal budget, int hoursAhead) {
    int judged = 0;
    int inside = 0;
    for (int back = 1; back <= DAYS_BACK; back++) {
      int hoursAgo = back * SpentHours.DAY;
      if (hoursAgo < hoursAhead
          || history.over() - hoursAgo < Scenarios.DAYS_LEAST * SpentHours.DAY) {
        continue;
      }
      Instant origin = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hoursAgo));
      BudgetWindow window = BudgetWindow.at(period, origin);
      if (window.ahead() < hoursAhead) {
        continue;
      }
      Scenarios told =
          new Scenarios(history.before(hoursAgo), window, budget.doubleValue(), hoursAhead);
      double came = came(history, hoursAgo, window, budget.doubleValue(), hoursAhead);
      judged++;
      inside +=
          came >= told.spent(0, LOW) - TOLERANCE && came <= told.spent(0, HIGH) + TOLERANCE ? 1 : 0;
    }
    return new Coverage(hoursAhead, judged, inside);
  }

  private static double came(
      SpentHours history, int hoursAgo, BudgetWindow window, double budget, int hoursAhead) {
    int over = history.over() - hoursAgo;
    long bad = 0;
    long total = 0;
    for (int i = window.first(over + 1, hoursAhead); i < over + hoursAhead; i++) {
      bad += history.bad()[i];
      total += history.total()[i];
    }
    return total <= 0 ? 0 : bad / (budget * total);
  }
}
