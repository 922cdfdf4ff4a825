// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.CHECKOUT;
import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.objectives.BurnRecord.Change;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts that come minutes after they were appended, while the wall clock went on. */
class HindsightTest {

  private static final int OUTAGE = 300;
  private static final Slo SLO =
      Bench.slo(
          "checkout",
          1,
          "0.99",
          Duration.ofHours(1),
          Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10"));

  @TempDir Path state;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(state);
    bench.apply(1, START.minusSeconds(600), SLO);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aBurnThatBeganAndEndedInTheOutageIsTold() {
    second(0, false);
    outage();
    backlog(1, OUTAGE, second -> second >= 60 && second < 90);

    List<Change> changes = bench.changes();
    assertThat(changes)
        .extracting(Change::scope, Change::state, Change::at)
        .containsExactly(
            tuple("eu", State.FIRING, START.plusSeconds(70)),
            tuple("global", State.FIRING, START.plusSeconds(70)));
    assertThat(changes.getFirst().firstBadAt()).isEqualTo(START.plusSeconds(60));
    assertThat(changes.getFirst().badInLongWindow()).isEqualTo(100);
    live(30);
    assertThat(states()).containsExactly(State.RESOLVED, State.RESOLVED);
    live(200);
    assertThat(states()).isEmpty();
  }

  @Test
  void whatWasToldBeforeTheOutageIsNotToldAgain() {
    for (int second = 1; second <= 60; second++) {
      bench.pass(Duration.ofSeconds(1));
      second(second, second > 20 && second < 30);
    }
    assertThat(states())
        .containsExactly(State.FIRING, State.FIRING, State.RESOLVED, State.RESOLVED);
    outage();
    backlog(61, 60 + OUTAGE, second -> false);
    live(60);
    assertThat(states()).isEmpty();
  }

  @Test
  void anAlertThatTheOutageFrozeIsNotToldAgain() {
    second(0, true);
    assertThat(states()).containsExactly(State.FIRING, State.FIRING);
    outage();
    assertThat(states()).containsExactly(State.FROZEN, State.FROZEN);
    backlog(1, OUTAGE, second -> second < 20 || second > 100 && second < 130);
    live(30);
    assertThat(states()).containsExactly(State.RESOLVED, State.RESOLVED);
  }

  @Test
  void aSilenceStaysUnmeasured() {
    second(0, false);
    outage();
    backlog(1, 50, second -> false);
    for (int second = 61; second < 100; second++) {
      count(second, 0, 10);
    }
    backlog(130, OUTAGE, second -> false);
    live(30);
    assertThat(states()).isEmpty();
  }

  @Test
  void nothingIsJudgedBeforeAllPartitionsAreThere() {
    report(0, 2, 0);
    report(1, 2, 0);
    outage();
    for (int second = 1; second <= OUTAGE; second++) {
      count(second, second >= 60 && second < 90 ? 0 : 1, 1);
      report(0, 2, second);
    }
    for (int second = 1; second <= OUTAGE; second++) {
      count(second, 99, 99);
      report(1, 2, second);
    }
    assertThat(states()).as("1 of 100 is no burn").isEmpty();
  }

  @Test
  void aWindowThatLostItsOldestEventsIsNotJudged() {
    report(0, 2, 0);
    report(1, 2, 0);
    bench.pass(Duration.ofHours(3));
    for (int second = 1; second <= 3 * 3_600; second += 10) {
      count(second, second > 60 && second < 120 ? 0 : 10, 10);
      report(0, 2, second);
    }
    for (int second = 1; second <= 300; second++) {
      report(1, 2, second);
    }
    assertThat(states()).as("the 10 s cells reach back 2 h").isEmpty();
  }

  /** The engine's clock goes on, nothing comes. */
  private void outage() {
    for (int second = 0; second < OUTAGE; second += 10) {
      bench.pass(Duration.ofSeconds(10));
    }
  }

  private void backlog(int from, int to, IntPredicate bad) {
    for (int second = from; second <= to; second++) {
      second(second, bad.test(second));
    }
  }

  private void live(int seconds) {
    for (int i = 0; i < seconds; i++) {
      bench.pass(Duration.ofSeconds(1));
      second((int) Duration.between(START, bench.now()).toSeconds(), false);
    }
  }

  private void second(int second, boolean bad) {
    count(second, bad ? 0 : 10, 10);
    report(0, 1, second);
  }

  private void count(int second, long good, long total) {
    Instant at = START.plusSeconds(second);
    Cell cell = new Cell(Slices.startOf(at), good, total);
    bench.send(bench.counts(CHECKOUT, 1, "eu", at, cell));
  }

  private void report(int partition, int partitions, int second) {
    bench.send(bench.progress("eu", partition, partitions, START.plusSeconds(second), false));
  }

  private List<State> states() {
    return bench.changes().stream().map(Change::state).toList();
  }
}
