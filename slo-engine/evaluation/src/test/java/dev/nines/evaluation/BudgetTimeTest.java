// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.TimeWindow;
import dev.nines.objectives.ledger.BudgetTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A budget computed again from the ledger begins where the live one does. */
class BudgetTimeTest {

  private static final List<TimeWindow> PERIODS =
      List.of(
          new RollingWindow(Duration.ofHours(1)),
          new RollingWindow(Duration.ofMinutes(390)),
          new RollingWindow(Duration.ofHours(7)),
          new RollingWindow(Duration.ofHours(78)),
          new RollingWindow(Duration.ofHours(79)),
          new RollingWindow(Duration.ofDays(28)),
          calendar(Period.ofMonths(1), "America/New_York"),
          calendar(Period.ofDays(7), "Asia/Kolkata"),
          calendar(Period.ofMonths(3), "Australia/Lord_Howe"));

  private final Random random = new Random(7);

  @Test
  void ofEventsItIsTheLaddersFirstCell() {
    for (TimeWindow period : PERIODS) {
      for (int i = 0; i < 500; i++) {
        long at = instant();
        BudgetTime time = BudgetTime.at(slo(period, new Budgeting.Occurrences()), at);
        long cell = Rung.of(period).firstCell(at, period);
        assertThat(time.from()).isEqualTo(Slices.floor(cell, 60));
        assertThat(time.to() * 1_000).isGreaterThanOrEqualTo(at).isLessThan(at + 60_000);
        assertThat(time.end()).isGreaterThanOrEqualTo(time.to());
      }
    }
  }

  @Test
  void ofSlicesItIsTheFirstThatIsCounted() {
    for (TimeWindow period : PERIODS) {
      for (int minutes : List.of(1, 5, 15)) {
        Budgeting.Sliced sliced = new Budgeting.RatioTimeslices(Duration.ofMinutes(minutes));
        for (int i = 0; i < 500; i++) {
          long at = instant();
          long seconds = minutes * 60L;
          long to = Slices.floor(Math.floorDiv(at, 1_000L), seconds);
          long from = SliceWindow.first(period, to, at, seconds);
          BudgetTime time = BudgetTime.at(slo(period, sliced), at);
          assertThat(time.from()).isEqualTo(from);
          assertThat(time.to()).isEqualTo(Math.max(from, to));
        }
      }
    }
  }

  /** Half of them on a bound of cells and slices. */
  private long instant() {
    long millis =
        Instant.parse("2026-01-01T00:00:00Z").toEpochMilli()
            + random.nextLong(Duration.ofDays(500).toMillis());
    return random.nextBoolean() ? millis : millis / 900_000 * 900_000;
  }

  private static TimeWindow calendar(Period length, String zone) {
    return new CalendarWindow(LocalDateTime.of(2026, 1, 1, 0, 0), length, ZoneId.of(zone));
  }

  private static Slo slo(TimeWindow period, Budgeting budgeting) {
    return new Slo(
        new SloId("acme", "checkout"),
        1,
        "shop",
        "",
        "",
        Map.of(),
        new SpanIndicator("shop", "", "", Map.of(), new SpanPredicate.StatusError()),
        new BigDecimal("0.99"),
        period,
        budgeting,
        List.of(),
        BigDecimal.ZERO,
        0,
        Slo.Missing.NEUTRAL,
        "",
        Slo.Vanished.PAGE,
        null,
        false);
  }
}
