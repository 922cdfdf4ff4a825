// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.TimeWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Budgets of calendar months, as brute force counts them, over the end of one. */
class CalendarTest {

  private static final Duration BEFORE = Duration.ofSeconds(300);
  private static final int SECONDS = 700;

  @TempDir Path state;

  /**
   * March in which New York's clocks change, a month that begins between hours, one that begins
   * between half-hours, a day; each is crossed while events of up to 3.5 days ago come late.
   *
   * @param last start of the period that ends in the test, written down by hand
   * @param next start of the one that follows
   */
  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00[America/New_York]/P1M, 2026-03-01T05:00:00Z, 2026-04-01T04:00:00Z, 3600",
    "2026-01-01T00:00[Asia/Kolkata]/P1M, 2026-02-28T18:30:00Z, 2026-03-31T18:30:00Z, 900",
    "2026-01-01T00:00[Asia/Kathmandu]/P1M, 2026-02-28T18:15:00Z, 2026-03-31T18:15:00Z, 900",
    "2026-01-01T00:00[UTC]/P1D, 2026-03-09T00:00:00Z, 2026-03-10T00:00:00Z, 3600",
  })
  void aMonthEndsAndTheNextBegins(String window, Instant last, Instant next, long cellSeconds) {
    Slo slo = slo(window);
    TreeSet<Long> starts = new TreeSet<>(List.of(last.toEpochMilli(), next.toEpochMilli()));
    Instant effective = next.minus(BEFORE).minusSeconds(7_200);
    Oracle oracle = new Oracle(slo, effective.toEpochMilli(), starts, cellSeconds);
    Random random = new Random(window.hashCode());
    int compared = 0;
    try (Bench bench = new Bench(state, next.minus(BEFORE))) {
      bench.apply(1, effective, slo);
      RandomStream stream =
          new RandomStream(slo, bench, oracle, new HashMap<>(), new Lanes(random));
      for (int second = 1; second <= SECONDS; second++) {
        bench.pass(Duration.ofSeconds(1));
        if (second % 10 == 0) {
          oracle.boundary(bench.now().toEpochMilli());
          compared += compare(bench, oracle, window + ", second " + second);
        }
        stream.second(second);
      }
    }
    assertThat(compared).as("budgets that had events").isGreaterThan(100);
  }

  private static int compare(Bench bench, Oracle oracle, String place) {
    Map<String, SloStatus> last = new HashMap<>();
    bench.statuses().forEach(status -> last.put(status.scope(), status));
    int withEvents = 0;
    for (SloStatus status : last.values()) {
      // A status is of the last change; the oracle knows what is now.
      if (status.asOf().equals(bench.now())) {
        long[] period = oracle.period(status.scope());
        String as = place + ", " + status.scope();
        assertThat(status.total()).as(as).isEqualTo(period[1]);
        assertThat(status.total() - status.good()).as(as).isEqualTo(period[0]);
        withEvents += period[1] > 0 ? 1 : 0;
      }
    }
    return withEvents;
  }

  /** Nothing is sent over midnight: the budget of the day before is not shown for ever. */
  @Test
  void anIdleBudgetBeginsAnew() {
    Instant midnight = Instant.parse("2026-03-10T00:00:00Z");
    Slo slo = slo("2026-01-01T00:00[UTC]/P1D");
    try (Bench bench = new Bench(state, midnight.minusSeconds(1_200))) {
      bench.apply(1, midnight.minusSeconds(7_200), slo);
      Cell cell = new Cell(bench.now().getEpochSecond(), 5, 10);
      bench.send(bench.counts(slo.id(), 1, "eu", bench.now(), cell));
      for (int second = 0; second < 1_220; second++) {
        bench.send(bench.progress("eu", 0, 1, bench.now(), false));
        bench.pass(Duration.ofSeconds(1));
      }
      List<SloStatus> statuses = bench.statuses();
      SloStatus last = statuses.getLast();
      assertThat(last.asOf()).isEqualTo(midnight);
      assertThat(last.periodFrom()).isEqualTo(midnight);
      assertThat(last.total()).isZero();
      assertThat(last.budgetSpent()).isZero();
      assertThat(statuses.getFirst().budgetSpent()).isEqualByComparingTo("50");
    }
  }

  /** What a task forgets when it dies is in its cells, and in those of a quarter of an hour. */
  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00[Asia/Kolkata]/P1M, 2026-02-28T18:30:00Z",
    "2026-01-01T00:00[UTC]/P1M, 2026-03-01T00:00:00Z",
  })
  void aRevivedTaskKnowsTheWholeMonth(String window, Instant start) {
    Slo slo = slo(window);
    Instant end = start.plus(Duration.ofDays(30));
    Revived task = new Revived(state, start.minus(Duration.ofDays(2)), slo);
    try (Bench records = new Bench(state.resolve("records"))) {
      for (Instant at = start.minusSeconds(50); at.isBefore(end); at = at.plusSeconds(7_300)) {
        Cell cell = new Cell(Math.floorDiv(at.getEpochSecond(), 10) * 10, 9, 10);
        task.send(records.counts(slo.id(), 1, "eu", at, cell));
      }
      task.die();
      task.reset();
      Instant now = Instant.ofEpochSecond(Math.floorDiv(end.getEpochSecond(), 10) * 10);
      task.send(records.counts(slo.id(), 1, "eu", now, new Cell(now.getEpochSecond(), 1, 1)));
      task.tick(now);
    }
    SloStatus status =
        task.sent(ObjectiveTopics.SLO_STATUS, SloStatus.class)
            .filter(sent -> sent.scope().equals("eu"))
            .reduce((a, b) -> b)
            .orElseThrow();
    // Every 7,300 s from 50 s before the month on: all but the first are in it.
    long inMonth = (Duration.ofDays(30).toSeconds() + 50 - 1) / 7_300;
    assertThat(status.total()).isEqualTo(10 * inMonth + 1);
    assertThat(status.total() - status.good()).isEqualTo(inMonth);
    assertThat(status.periodFrom()).isEqualTo(start);
    assertThat(status.runTotal()).isEqualTo(10 * inMonth + 11);
  }

  private static Slo slo(String window) {
    Slo rolling =
        Bench.slo(
            "checkout",
            1,
            "0.99",
            Duration.ofDays(30),
            Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10"));
    return Bench.over(TimeWindow.parse(window), rolling);
  }
}
