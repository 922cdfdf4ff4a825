// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.RollingWindow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScenariosTest {

  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final BigDecimal BUDGET = new BigDecimal("0.001");
  private static final RollingWindow MONTH = new RollingWindow(Duration.ofDays(28));
  private static final int DAY = SpentHours.DAY;

  /** An even course has one future, and stays where it is. */
  @Test
  void whatIsAlwaysTheSameHasNoInterval() {
    SpentHours history = even(70 * DAY, 1, 2_000);
    Scenarios courses =
        new Scenarios(history, BudgetWindow.at(MONTH, NOW), BUDGET.doubleValue(), DAY, 28 * DAY);
    for (double quantile : new double[] {0.1, 0.5, 0.9}) {
      assertThat(courses.spent(0, quantile)).isCloseTo(0.5, within(1e-9));
      assertThat(courses.spent(1, quantile)).isCloseTo(0.5, within(1e-9));
      assertThat(courses.exhausted(quantile)).isEqualTo(-1);
    }
    assertThat(courses.probability()).isZero();
  }

  /** An outage of 21 days ago spent 0.9; in 8 days it has left the period, for certain. */
  @Test
  void whatLeavesARollingPeriodIsGivenBack() {
    SpentHours history = even(60 * DAY, 0, 1_000);
    int hour = history.over() - 21 * DAY;
    history.bad()[hour] = 605;
    Scenarios courses =
        new Scenarios(history, BudgetWindow.at(MONTH, NOW), BUDGET.doubleValue(), 6 * DAY, 8 * DAY);
    double now = 605 / (0.001 * 1_000 * 28 * DAY);
    assertThat(courses.spent(0, 0.1)).isCloseTo(now, within(0.002));
    // One course in ten draws none of the days with another such outage.
    assertThat(courses.spent(1, 0.1)).isZero();
  }

  /** The same hours by a plain loop over one calendar month, where each drawn day is alike. */
  @Test
  void aCalendarBeginsAtWhatIsSpent() {
    CalendarWindow calendar =
        new CalendarWindow(
            LocalDateTime.parse("2026-01-01T00:00"), Period.ofMonths(1), ZoneId.of("UTC"));
    SpentHours history = even(40 * DAY, 2, 1_000);
    Arrays.fill(history.bad(), 0, history.over() - 3 * DAY, 0);
    // The last three days are bad, and one in eight of those that are drawn.
    BudgetWindow window = BudgetWindow.at(calendar, NOW);
    assertThat(window.past()).isEqualTo(25 * DAY + 10 + 1);
    assertThat(window.ahead()).isEqualTo(4 * DAY + 14);
    Scenarios courses = new Scenarios(history, window, BUDGET.doubleValue(), window.ahead());
    int hours = 25 * DAY + 10 + window.ahead();
    double least = 3 * DAY * 2 / (hours * 1.0);
    assertThat(courses.spent(0, 0.1)).isCloseTo(least, within(0.01));
    assertThat(courses.spent(0, 0.999)).isGreaterThan(least + 0.1).isLessThan(1);
  }

  /** Each day a coin decides; nine in ten intervals of one day hold what comes, or more. */
  @Test
  void intervalsHoldWhatTheySay() {
    Random random = new Random(5);
    int judged = 0;
    int inside = 0;
    for (int round = 0; round < 20; round++) {
      SpentHours history = even(90 * DAY, 0, 1_000);
      for (int day = 0; day < 90; day++) {
        int bad = random.nextInt(3) == 0 ? random.nextInt(60) : random.nextInt(4);
        history.bad()[day * DAY + random.nextInt(DAY)] = bad;
      }
      Coverage found = Coverage.of(history, MONTH, NOW, BUDGET, DAY);
      judged += found.judged();
      inside += found.inside();
    }
    assertThat(judged).isEqualTo(20 * 28);
    assertThat((double) inside / judged).isBetween(0.75, 0.92);
  }

  /** What comes is like nothing before: no interval holds it, and it is said. */
  @Test
  void aWorldThatChangesIsNotCovered() {
    SpentHours history = even(70 * DAY, 0, 1_000);
    for (int i = history.over() - 28 * DAY; i < history.over(); i++) {
      history.bad()[i] = (i - (history.over() - 28 * DAY)) / DAY * 3L;
    }
    Coverage found = Coverage.of(history, MONTH, NOW, BUDGET, DAY);
    assertThat(found.judged()).isEqualTo(28);
    assertThat(found.inside()).isLessThan(6);
  }

  /** Nothing that came after the origin may be in a forecast that is judged. */
  @Test
  void judgedForecastsKnowOnlyWhatWasBefore() {
    SpentHours history = even(50 * DAY, 1, 2_000);
    SpentHours before = history.before(10 * DAY);
    assertThat(before.over()).isEqualTo(history.over() - 10 * DAY);
    assertThat(before.total()[before.over()]).isZero();
    assertThat(Arrays.copyOf(before.total(), before.over()))
        .isEqualTo(Arrays.copyOf(history.total(), before.over()));
  }

  /** Hours that are over, and one that has just begun. */
  private static SpentHours even(int over, long bad, long total) {
    SpentHours hours = new SpentHours(new long[over + 1], new long[over + 1]);
    Arrays.fill(hours.bad(), 0, over, bad);
    Arrays.fill(hours.total(), 0, over, total);
    return hours;
  }
}
