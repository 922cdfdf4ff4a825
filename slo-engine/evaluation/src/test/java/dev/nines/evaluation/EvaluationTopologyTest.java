// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.CHECKOUT;
import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.objectives.BurnRecord.Change;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts, freezing, lines, completeness and repeats of the topology. */
class EvaluationTopologyTest {

  private static final Slo SLO = slo(1);

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
  void firesWithTheBatchThatMakesThePolicyTrue() {
    bench.pass(Duration.ofSeconds(3));
    count("eu", 1, 0, 100);

    List<Change> changes = bench.changes();
    assertThat(changes)
        .extracting(Change::scope, Change::state)
        .containsExactly(tuple("eu", State.FIRING), tuple("global", State.FIRING));
    assertThat(changes.getFirst().at()).isEqualTo(START.plusSeconds(3));
    assertThat(changes.getFirst().firstBadAt()).isEqualTo(START);
    assertThat(changes.getFirst().longBurn()).isEqualByComparingTo("100");
    count("eu", 1, 0, 100);
    assertThat(bench.changes()).as("told once").isEmpty();
  }

  @Test
  void exactlyTheFactorDoesNotFire() {
    count("eu", 1, 90, 100);
    assertThat(bench.changes()).isEmpty();
    count("eu", 1, 89, 100);
    assertThat(bench.changes()).hasSize(2);
  }

  @Test
  void resolvesAtABoundaryWhenTheConditionIsGone() {
    report("eu");
    count("eu", 1, 0, 100);
    assertThat(states()).containsExactly(State.FIRING, State.FIRING);
    quiet(25);
    assertThat(states()).as("still in the short window").isEmpty();
    quiet(10);
    assertThat(states()).containsExactly(State.RESOLVED, State.RESOLVED);
  }

  @Test
  void aSilentRegionFreezesItsAlertUntilItReports() {
    report("eu");
    count("eu", 1, 0, 100);
    assertThat(states()).containsExactly(State.FIRING, State.FIRING);
    bench.pass(Duration.ofSeconds(30));
    bench.pass(Duration.ofSeconds(10));

    List<Change> changes = bench.changes();
    assertThat(changes)
        .extracting(Change::state, Change::frozenRegions)
        .contains(tuple(State.FROZEN, List.of("eu")))
        .doesNotContain(tuple(State.RESOLVED, List.of()));
    SloStatus status = bench.statuses().getLast();
    assertThat(status.unmeasuredRegions()).containsExactly("eu");
    assertThat(status.unmeasuredSince()).isEqualTo(START);
    assertThat(status.coverage()).isLessThan(java.math.BigDecimal.ONE);
    quiet(40);
    assertThat(states()).contains(State.RESOLVED);
  }

  @Test
  void aRegionThatSaidGoodbyeIsNotSilent() {
    report("eu");
    count("eu", 1, 0, 100);
    assertThat(states()).containsExactly(State.FIRING, State.FIRING);
    bench.pass(Duration.ofSeconds(1));
    bench.send(bench.progress("eu", 0, 1, bench.now(), true));
    bench.pass(Duration.ofSeconds(39));
    assertThat(states()).containsExactly(State.RESOLVED, State.RESOLVED);
  }

  @Test
  void whatWasNotMeasuredSpendsNothing() {
    report("eu");
    bench.pass(Duration.ofSeconds(110));
    count("eu", 1, 85, 100);
    assertThat(states()).as("15 x 1/12 and not 15 of a long window of 2 min").isEmpty();
  }

  @Test
  void aMirrorsRepeatChangesNothing() {
    Counts counts = bench.counts(CHECKOUT, 1, "eu", bench.now(), cell(bench.now(), 9, 10));
    bench.send(counts);
    bench.send(counts);
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.statuses().getLast().runTotal()).isEqualTo(10);
    assertThat(bench.ledger().stream().mapToLong(LedgerDelta::total).sum()).isEqualTo(10);
  }

  @Test
  void countsOfACompleteSliceAreLate() {
    report("eu");
    Instant complete = START.minusSeconds(30);
    bench.send(
        bench.counts(
            CHECKOUT,
            1,
            "eu",
            bench.now(),
            cell(complete.minusSeconds(10), 1, 1),
            cell(complete, 1, 1)));
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.ledger())
        .extracting(LedgerDelta::cause, LedgerDelta::total)
        .containsExactlyInAnyOrder(tuple(Cause.LATE, 1L), tuple(Cause.ON_TIME, 1L));
    assertThat(bench.statuses().getLast().quality()).contains("late");
  }

  @Test
  void countsAheadOfTheirDefinitionAreJudgedWhenItIsThere() {
    Slo other = Bench.slo("other", 2, "0.99", Duration.ofHours(1), SLO.policies().getFirst());
    bench.send(bench.counts(other.id(), 2, "eu", bench.now(), cell(bench.now(), 0, 50)));
    assertThat(bench.changes()).isEmpty();
    bench.apply(2, START.minusSeconds(600), SLO, other);
    bench.pass(Duration.ofSeconds(10));
    assertThat(states()).containsExactly(State.FIRING, State.FIRING);
  }

  @Test
  void anotherLineEndsTheAlertsOfTheOldOne() {
    count("eu", 1, 0, 100);
    bench.apply(2, START.plusSeconds(10), slo(2));
    assertThat(states()).containsExactly(State.FIRING, State.FIRING);
    bench.pass(Duration.ofSeconds(10));
    assertThat(states()).containsExactly(State.RESOLVED, State.RESOLVED);
    count("eu", 2, 100, 100);
    bench.pass(Duration.ofSeconds(1));
    SloStatus status = bench.statuses().getLast();
    assertThat(status.line()).isEqualTo(2);
    assertThat(status.runTotal()).isEqualTo(100);
  }

  @Test
  void aRegionIsCompleteToTheMinimumOfItsPartitions() {
    bench.send(bench.progress("eu", 0, 2, START.plusSeconds(5), false));
    count("eu", 1, 1, 1);
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.statuses().getLast().completeTo()).isNull();
    bench.send(bench.progress("eu", 1, 2, START.plusSeconds(3), false));
    count("eu", 1, 1, 1);
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.statuses().getLast().completeTo()).isEqualTo(START.minusSeconds(27));
  }

  @Test
  void theSumOverRegionsIsGlobal() {
    count("eu", 1, 90, 100);
    count("us", 1, 60, 60);
    bench.pass(Duration.ofSeconds(1));
    SloStatus global = bench.statuses().getLast();
    assertThat(global.scope()).isEqualTo(SloStatus.GLOBAL);
    assertThat(global.good()).isEqualTo(150);
    assertThat(global.total()).isEqualTo(160);
    assertThat(global.budgetSpent()).isEqualByComparingTo("6.25");
  }

  @Test
  void saysThatItLivesOnceASecond() {
    for (int second = 0; second < 5; second++) {
      bench.pass(Duration.ofSeconds(1));
    }
    assertThat(bench.alive()).isEqualTo(5);
  }

  @Test
  void aLadderForgetsWhatNoWindowNeeds() {
    LongStream.range(0, 48 * 60)
        .forEach(
            minute -> {
              Instant at = START.plusSeconds(minute * 60);
              bench.send(bench.counts(CHECKOUT, 1, "eu", at, cell(at, 1, 1)));
            });
    assertThat(bench.chunks()).as("14 + 9 + 10 + 1 chunks and some slack").isLessThan(40);
  }

  private void count(String region, long line, long good, long total) {
    bench.send(bench.counts(CHECKOUT, line, region, bench.now(), cell(bench.now(), good, total)));
  }

  private void report(String region) {
    bench.send(bench.progress(region, 0, 1, bench.now(), false));
  }

  /** Seconds with reports and without events. */
  private void quiet(int seconds) {
    for (int second = 0; second < seconds; second++) {
      bench.pass(Duration.ofSeconds(1));
      report("eu");
    }
  }

  private List<State> states() {
    return bench.changes().stream().map(Change::state).toList();
  }

  private static Slo slo(long line) {
    return Bench.slo(
        "checkout",
        line,
        "0.99",
        Duration.ofHours(1),
        Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10"));
  }

  private static Cell cell(Instant at, long good, long total) {
    return new Cell(Slices.startOf(at), good, total);
  }
}
