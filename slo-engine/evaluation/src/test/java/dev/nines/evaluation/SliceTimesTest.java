// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slices that are judged late, in part, or after a restart. */
class SliceTimesTest {

  private static final Slo SLO =
      Bench.sliced(
          new Budgeting.Timeslices(Duration.ofMinutes(1), new BigDecimal("0.95")),
          Bench.slo(
              "checkout",
              1,
              "0.99",
              Duration.ofDays(1),
              Bench.policy(Duration.ofMinutes(10), Duration.ofMinutes(2), "20")));

  @TempDir Path state;

  /** Ten minutes of outage lie in twenty that are counted in an instant: the page is owed. */
  @Test
  void anOutageInABacklogIsPaged() {
    List<BurnRecord.Change> told = new ArrayList<>();
    Instant outage = Bench.START.plusSeconds(600);
    try (Bench bench = new Bench(state)) {
      bench.apply(1, Bench.START.minusSeconds(3_600), SLO);
      for (int second = 0; second < 300; second++) {
        send(bench, bench.now(), true);
        bench.pass(Duration.ofSeconds(1));
      }
      assertThat(bench.changes()).isEmpty();
      Instant behind = bench.now();
      bench.pass(Duration.ofMinutes(30));
      bench.changes();
      for (int second = 0; second < 1_500; second++) {
        Instant at = behind.plusSeconds(second);
        boolean good = at.isBefore(outage) || !at.isBefore(outage.plusSeconds(600));
        send(bench, at, good);
        told.addAll(bench.changes());
      }
    }
    assertThat(told)
        .filteredOn(change -> change.state() == State.FIRING)
        .extracting(BurnRecord.Change::scope)
        .containsExactlyInAnyOrder("eu", "global");
    assertThat(told.getFirst().at())
        .as("two bad minutes of ten are a burn of 20: the third exceeds it")
        .isBetween(outage.plusSeconds(170), outage.plusSeconds(190));
  }

  /** The definition comes after the counts: what they held is in the slices. */
  @Test
  void whatCameBeforeTheDefinitionIsJudged() {
    try (Bench bench = new Bench(state)) {
      for (int second = 0; second < 120; second++) {
        send(bench, bench.now(), second >= 60);
        bench.pass(Duration.ofSeconds(1));
      }
      bench.apply(1, Bench.START, SLO);
      for (int second = 0; second < 120; second++) {
        send(bench, bench.now(), true);
        bench.pass(Duration.ofSeconds(1));
      }
      SloStatus last = bench.statuses().getLast();
      assertThat(last.slices().bad()).isEqualByComparingTo("1");
      assertThat(last.total()).isEqualTo(2_400);
      assertThat(bench.changes()).isEmpty();
    }
  }

  /** The busy region is silent for 11 s of a minute: the small one's failures are no bad minute. */
  @Test
  void aGapMakesNoBadSlice() {
    try (Bench bench = new Bench(state)) {
      bench.apply(1, Bench.START.minusSeconds(3_600), SLO);
      for (int second = 0; second < 240; second++) {
        boolean silent = second > 75 && second < 88;
        if (!silent) {
          send(bench, bench.now(), true);
        }
        bench.send(bench.progress("ap", 0, 1, bench.now(), false));
        if (second == 70) {
          Cell cell = new Cell(slice(bench.now()), 9, 10);
          bench.send(bench.counts(SLO.id(), 1, "ap", bench.now(), cell));
        }
        bench.pass(Duration.ofSeconds(1));
      }
      for (SloStatus status : bench.statuses()) {
        if (!status.scope().equals("ap")) {
          assertThat(status.slices().bad()).as(status.toString()).isEqualByComparingTo("0");
        } else if (status.asOf().isAfter(Bench.START.plusSeconds(160))) {
          assertThat(status.slices().bad()).isEqualByComparingTo("1");
        }
      }
    }
  }

  /** Nothing is sent any more, the task dies: the minute that was under way is judged. */
  @Test
  void theLastSliceIsJudgedThoughNothingFollowsIt() {
    Instant start = Bench.START;
    Revived task = new Revived(state, start.minusSeconds(3_600), SLO);
    try (Bench records = new Bench(state.resolve("records"))) {
      task.tick(start.minusSeconds(1));
      task.send(records.counts(SLO.id(), 1, "eu", start, new Cell(slice(start), 0, 9)));
      task.send(records.progress("eu", 0, 1, start, false));
      task.tick(start);
      task.die();
      for (int second = 1; second < 600; second++) {
        Instant now = start.plusSeconds(second);
        task.send(records.progress("eu", 0, 1, now, false));
        if (second >= 420) {
          task.tick(now);
        }
      }
    }
    List<SloStatus> statuses = task.sent(ObjectiveTopics.SLO_STATUS, SloStatus.class).toList();
    assertThat(statuses.getLast().slices().bad()).isEqualByComparingTo("1");
  }

  /** A region joins: between the first reports of its partitions nobody knows how far it is. */
  @Test
  void aRegionOfWhichOnePartitionReportedStopsNothing() {
    try (Bench bench = new Bench(state)) {
      bench.apply(1, Bench.START.minusSeconds(3_600), SLO);
      for (int second = 0; second < 400; second++) {
        send(bench, bench.now(), second >= 60);
        if (second == 200) {
          Cell cell = new Cell(slice(bench.now()), 10, 10);
          bench.send(bench.counts(SLO.id(), 1, "ap", bench.now(), cell));
        }
        if (second >= 200) {
          bench.send(bench.progress("ap", 0, 2, bench.now(), false));
        }
        if (second >= 203) {
          bench.send(bench.progress("ap", 1, 2, bench.now(), false));
        }
        bench.pass(Duration.ofSeconds(1));
      }
      SloStatus last = last(bench.statuses(), "eu");
      assertThat(last.slices().bad()).isEqualByComparingTo("1");
      assertThat(last.asOf()).isBetween(bench.now().minusSeconds(60), bench.now());
    }
  }

  /** A weekend without traffic: what left the period meanwhile has left its sum. */
  @Test
  void afterDaysWithoutTrafficThePeriodIsRight() {
    try (Bench bench = new Bench(state)) {
      bench.apply(1, Bench.START.minusSeconds(3_600), SLO);
      badMinute(bench);
      assertThat(last(bench.statuses(), "global").slices().bad()).isEqualByComparingTo("1");
      bench.pass(Duration.ofDays(4));
      badMinute(bench);
      assertThat(last(bench.statuses(), "global").slices().bad()).isEqualByComparingTo("1");
      bench.pass(Duration.ofHours(20));
      badMinute(bench);
      assertThat(last(bench.statuses(), "global").slices().bad()).isEqualByComparingTo("2");
    }
  }

  /** Fifty minutes fail, then nobody reports any more: the hour was bad, not unknown. */
  @Test
  void theSliceInWhichARegionFallsSilentIsJudged() {
    Slo hours =
        Bench.sliced(
            new Budgeting.RatioTimeslices(Duration.ofHours(1)),
            Bench.slo("checkout", 1, "0.5", Duration.ofDays(1)));
    try (Bench bench = new Bench(state)) {
      bench.apply(1, Bench.START.minusSeconds(7_200), hours);
      for (int second = 0; second < 3_000; second += 10) {
        send(bench, bench.now(), false);
        bench.pass(Duration.ofSeconds(10));
      }
      bench.pass(Duration.ofSeconds(600));
      for (int second = 0; second < 60; second++) {
        bench.pass(Duration.ofSeconds(1));
      }
      SloStatus last = last(bench.statuses(), "eu");
      // The last report was at 2,990 s; the rest of the hour is taken to be good.
      assertThat(last.slices().bad()).isBetween(new BigDecimal("0.83"), new BigDecimal("0.831"));
    }
  }

  private static void badMinute(Bench bench) {
    for (int second = 0; second < 180; second++) {
      send(bench, bench.now(), second >= 60);
      bench.pass(Duration.ofSeconds(1));
    }
  }

  private static SloStatus last(List<SloStatus> statuses, String scope) {
    return statuses.stream()
        .filter(status -> status.scope().equals(scope))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private static void send(Bench bench, Instant at, boolean good) {
    Cell cell = new Cell(slice(at), good ? 10 : 0, 10);
    bench.send(bench.counts(SLO.id(), 1, "eu", at, cell));
    bench.send(bench.progress("eu", 0, 1, at, false));
  }

  private static long slice(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), 10) * 10;
  }
}
