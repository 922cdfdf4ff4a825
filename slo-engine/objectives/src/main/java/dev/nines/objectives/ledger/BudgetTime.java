// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.ledger;

import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import java.time.Duration;

/**
 * Whole ledger minutes that a budget is for at an instant, epoch seconds. It begins where the live
 * budget's sums begin: with a whole cell of its ladder; cells of 10 s are minutes here.
 *
 * @param from of the first minute
 * @param to end of the last minute that began before the instant; of slices, of the last slice that
 *     ended
 * @param end of the period: of a rolling one {@code to}
 */
public record BudgetTime(long from, long to, long end) {

  private static final Duration MINUTES_UP_TO = Duration.ofMinutes(390);
  private static final Duration FIVE_MINUTES_UP_TO = Duration.ofHours(78);

  public static BudgetTime at(Slo slo, long atMillis) {
    return slo.budgeting() instanceof Sliced sliced
        ? ofSlices(slo, sliced.slice().toSeconds(), atMillis)
        : ofEvents(slo, atMillis);
  }

  private static BudgetTime ofEvents(Slo slo, long atMillis) {
    long first = Math.floorDiv(slo.period().fromMillis(atMillis), 1_000L);
    long from = Slices.floor(first, cellSeconds(slo));
    long minutes = Math.ceilDiv(atMillis, 1_000L * Slices.LEDGER_SECONDS);
    long to = Math.max(from, minutes * Slices.LEDGER_SECONDS);
    return new BudgetTime(from, to, end(slo, to, atMillis));
  }

  private static BudgetTime ofSlices(Slo slo, long sliceSeconds, long atMillis) {
    long to = Slices.floor(Math.floorDiv(atMillis, 1_000L), sliceSeconds);
    long anchor = slo.period() instanceof CalendarWindow ? atMillis : to * 1_000 - 1;
    long millis = slo.period().fromMillis(anchor);
    long from = Math.ceilDiv(millis, sliceSeconds * 1_000) * sliceSeconds;
    return new BudgetTime(from, Math.max(from, to), end(slo, Math.max(from, to), atMillis));
  }

  private static long end(Slo slo, long to, long atMillis) {
    return slo.period() instanceof CalendarWindow calendar
        ? Math.floorDiv(calendar.endMillis(atMillis), 1_000L)
        : to;
  }

  private static long cellSeconds(Slo slo) {
    return switch (slo.period()) {
      case CalendarWindow calendar -> Slices.LEDGER_SECONDS;
      case RollingWindow(Duration length) when length.compareTo(MINUTES_UP_TO) <= 0 ->
          Slices.LEDGER_SECONDS;
      case RollingWindow(Duration length) when length.compareTo(FIVE_MINUTES_UP_TO) <= 0 -> 300;
      case RollingWindow rolling -> 3_600;
    };
  }
}
