// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.SloStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Counts of metrics: halves that come apart, and events of which only a bucket is known. */
class MetricLinesTest extends MetricScenario {

  @Test
  void halfARatioNeitherPagesNorShows() {
    bench.apply(1, START.minusSeconds(3_600), RATIO);
    bench.pass(Duration.ofSeconds(60));
    complete(bench.now().minusSeconds(30));
    send(Source.COUNTERS, bench.now(), new Cell(slice(bench.now()), -500, 0));
    bench.pass(Duration.ofSeconds(20));
    complete(bench.now().minusSeconds(30));
    bench.pass(TICK);
    assertThat(bench.changes()).isEmpty();
    assertThat(bench.statuses()).isEmpty();
    assertThat(bench.ledger()).isEmpty();

    send(Source.COUNTERS, bench.now(), new Cell(slice(START.plusSeconds(60)), 100_000, 100_000));
    bench.pass(Duration.ofSeconds(30));
    complete(bench.now());
    bench.pass(TICK);
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.changes()).isEmpty();
    assertThat(bench.statuses().getLast())
        .extracting(SloStatus::good, SloStatus::total, SloStatus::runGood)
        .containsExactly(99_500L, 100_000L, 99_500L);
    assertThat(bench.ledger())
        .singleElement()
        .extracting(LedgerDelta::good, LedgerDelta::total, LedgerDelta::cause)
        .containsExactly(99_500L, 100_000L, Cause.ON_TIME);
  }

  @Test
  void aRatioPagesOnceItsSliceIsComplete() {
    bench.apply(1, START.minusSeconds(3_600), RATIO);
    bench.pass(Duration.ofSeconds(60));
    Instant outage = bench.now();
    send(Source.COUNTERS, outage, new Cell(slice(outage), 0, 100));
    send(Source.COUNTERS, outage, new Cell(slice(outage), -100, 0));
    send(Source.COUNTERS, outage, new Cell(slice(outage), 100, 0));
    for (int second = 1; second <= 9; second++) {
      bench.pass(Duration.ofSeconds(1));
      complete(bench.now());
    }
    assertThat(bench.changes()).as("the slice has not ended").isEmpty();
    bench.pass(Duration.ofSeconds(1));
    complete(bench.now());
    bench.pass(TICK);
    assertThat(bench.changes())
        .extracting(BurnRecord.Change::scope, BurnRecord.Change::state, BurnRecord.Change::at)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(
                "eu", State.FIRING, outage.plusSeconds(10).minusMillis(1)),
            org.assertj.core.groups.Tuple.tuple(
                "global", State.FIRING, outage.plusSeconds(10).minusMillis(1)));
  }

  /** It began and ended while extraction was down; then the backlog comes in steps. */
  @Test
  void aRatioThatBurnedInAnOutageIsToldWhenItsCountsCome() {
    bench.apply(1, START.minusSeconds(3_600), RATIO);
    bench.pass(Duration.ofSeconds(60));
    Instant outage = bench.now();
    backlog(outage, outage.plusSeconds(10));
    bench.pass(Duration.ofSeconds(150));
    backlog(outage.plusSeconds(10), outage.plusSeconds(140));
    bench.pass(TICK);

    List<BurnRecord.Change> changes = bench.changes();
    assertThat(changes)
        .extracting(change -> change.scope() + " " + change.state())
        .containsExactlyInAnyOrder("eu FIRING", "global FIRING", "eu RESOLVED", "global RESOLVED");
    assertThat(changes.getFirst().at()).isBetween(outage.plusSeconds(30), outage.plusSeconds(60));
  }

  /** A failure of all in the third slice, then calm; each slice complete ten seconds behind. */
  private void backlog(Instant from, Instant to) {
    for (Instant at = from; at.isBefore(to); at = at.plusSeconds(5)) {
      send(Source.COUNTERS, at, new Cell(slice(at), 100, 100));
      if (slice(at) == slice(START.plusSeconds(80))) {
        send(Source.COUNTERS, at, new Cell(slice(at), -100, 0));
      }
      bench.send(new CompleteTo("eu", 0, 1, at, at.minusSeconds(10), false, true, "1_0", ++seq));
    }
  }

  @Test
  void countersReadAtDifferentMomentsStopNothing() {
    bench.apply(1, START.minusSeconds(3_600), RATIO);
    bench.pass(Duration.ofSeconds(60));
    send(Source.COUNTERS, bench.now(), new Cell(slice(bench.now()), -7, 3));
    send(Source.COUNTERS, bench.now(), new Cell(slice(bench.now()) - 10, 9, 4));
    bench.pass(Duration.ofSeconds(30));
    complete(bench.now());
    bench.pass(TICK);
    bench.pass(Duration.ofSeconds(1));

    SloStatus status = bench.statuses().getLast();
    assertThat(status.total()).isEqualTo(7);
    assertThat(status.good()).isEqualTo(2);
    assertThat(status.runGood()).isEqualTo(2);
    assertThat(bench.ledger().stream().mapToLong(LedgerDelta::good).sum()).isEqualTo(2);
  }

  @Test
  void aSilentRegionHoldsUpNoOther() {
    bench.apply(1, START.minusSeconds(3_600), RATIO);
    bench.pass(Duration.ofSeconds(60));
    for (String region : List.of("eu", "us")) {
      Cell good = new Cell(slice(bench.now()) - 10, 100, 100);
      send(region, Source.COUNTERS, bench.now(), good);
      complete(region, bench.now());
    }
    for (int second = 1; second <= 20; second++) {
      bench.pass(Duration.ofSeconds(1));
      complete(bench.now().minusMillis(1));
    }
    send(Source.COUNTERS, bench.now(), new Cell(slice(bench.now()), 0, 100));
    bench.pass(Duration.ofSeconds(10));
    complete(bench.now());
    bench.pass(TICK);
    assertThat(bench.changes())
        .extracting(change -> change.scope() + change.state())
        .contains("euFIRING");
  }

  @Test
  void uncertainEventsPageNobodyAndWidenWhatIsShown() {
    bench.apply(1, START.minusSeconds(3_600), HISTOGRAM);
    bench.pass(Duration.ofSeconds(60));
    send(Source.HISTOGRAMS, bench.now(), new Cell(slice(bench.now()), 10, 100, 90));
    bench.pass(Duration.ofSeconds(10));
    assertThat(bench.changes()).isEmpty();
    SloStatus status = bench.statuses().getLast();
    assertThat(status.good()).isEqualTo(10);
    assertThat(status.goodUpper()).isEqualTo(100);
    assertThat(status.runUncertain()).isEqualTo(90);
    assertThat(status.budgetSpent()).isZero();
    assertThat(status.quality()).contains("bounds");
    assertThat(bench.ledger())
        .singleElement()
        .extracting(LedgerDelta::good, LedgerDelta::uncertain, LedgerDelta::total)
        .containsExactly(10L, 90L, 100L);

    send(Source.HISTOGRAMS, bench.now(), new Cell(slice(bench.now()), 10, 100, 40));
    assertThat(bench.changes()).as("50 are surely bad").isNotEmpty();
  }

  @Test
  void progressOfMetricsAndOfSpansAreTwoTracks() {
    bench.apply(1, START.minusSeconds(3_600), HISTOGRAM);
    bench.pass(Duration.ofSeconds(60));
    bench.send(bench.progress("eu", 0, 1, bench.now(), false));
    complete(bench.now().minusSeconds(50));
    send(Source.HISTOGRAMS, bench.now(), new Cell(slice(bench.now()) - 40, 1, 1));
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.ledger()).extracting(LedgerDelta::cause).containsExactly(Cause.ON_TIME);
    assertThat(bench.statuses().getLast().completeTo()).isEqualTo(START.plusSeconds(10));
  }

  /** Good and total of random cells in any order, over two regions: no decision on half of them. */
  @Test
  void anyOrderOfHalvesGivesTheSumsAndNoFalsePage() {
    bench.apply(1, START.minusSeconds(3_600), RATIO);
    Random random = new Random(7);
    Map<String, Long> good = new HashMap<>();
    for (int slice = 0; slice < 30; slice++) {
      List<Runnable> halves = new ArrayList<>();
      for (String region : List.of("eu", "us")) {
        long total = 1_000 + random.nextInt(1_000);
        long bad = random.nextInt(2);
        Instant at = bench.now();
        good.merge(region, total - bad, Long::sum);
        halves.add(() -> send(region, Source.COUNTERS, at, new Cell(slice(at), total, total)));
        halves.add(() -> send(region, Source.COUNTERS, at, new Cell(slice(at), -bad, 0)));
      }
      Collections.shuffle(halves, random);
      for (Runnable half : halves) {
        half.run();
        bench.pass(TICK);
      }
      bench.pass(Duration.ofSeconds(8));
      complete("eu", bench.now().minusSeconds(random.nextInt(4)));
      complete("us", bench.now().minusSeconds(random.nextInt(4)));
    }
    bench.pass(Duration.ofSeconds(10));
    complete("eu", bench.now());
    complete("us", bench.now());
    bench.pass(TICK);
    bench.pass(Duration.ofSeconds(1));

    assertThat(bench.changes()).isEmpty();
    Map<String, Long> ledger = new HashMap<>();
    bench.ledger().forEach(delta -> ledger.merge(delta.scope(), delta.good(), Long::sum));
    assertThat(ledger).isEqualTo(good);
  }

  @Test
  void halvesThatComeWhileTheCollectorIsAwayWaitForItsReturn() {
    bench.apply(1, START.minusSeconds(3_600), RATIO);
    bench.pass(Duration.ofSeconds(60));
    send(Source.COUNTERS, bench.now(), new Cell(slice(bench.now()) - 10, 7, 7));
    bench.send(new CompleteTo("eu", 0, 1, bench.now(), bench.now(), true, true, "1_0", ++seq));
    bench.pass(Duration.ofSeconds(9));
    bench.ledger();
    send(Source.COUNTERS, bench.now(), new Cell(slice(bench.now()) - 10, 0, 500));
    bench.pass(Duration.ofSeconds(2));
    assertThat(bench.changes()).as("all of them without the good ones").isEmpty();
    assertThat(bench.ledger()).isEmpty();
    bench.pass(Duration.ofMinutes(6));
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.ledger()).as("no collector came back").isNotEmpty();
  }

  /** The engine catches up with five minutes in an instant; 30 s of them burned. */
  @Test
  void aBurnThatBeganAndEndedWhileTheEngineWasAwayIsTold() {
    bench.apply(1, START.minusSeconds(600), RATIO);
    second(START, false);
    for (int i = 0; i < 30; i++) {
      bench.pass(Duration.ofSeconds(10));
    }
    for (int i = 1; i <= 300; i++) {
      second(START.plusSeconds(i), i >= 60 && i < 90);
    }
    for (int i = 0; i < 60; i++) {
      bench.pass(Duration.ofSeconds(1));
      second(bench.now(), false);
    }
    assertThat(bench.changes())
        .extracting(change -> change.scope() + ' ' + change.state())
        .containsExactly("eu FIRING", "global FIRING", "eu RESOLVED", "global RESOLVED");
  }

  @Test
  void aRegionThatNeverComesBackLosesNothing() {
    bench.apply(1, START.minusSeconds(3_600), RATIO);
    bench.pass(Duration.ofSeconds(60));
    complete(bench.now().minusSeconds(30));
    send(Source.COUNTERS, bench.now(), new Cell(slice(bench.now()), 5, 7));
    bench.pass(Duration.ofHours(23));
    assertThat(bench.ledger()).isEmpty();
    bench.pass(Duration.ofHours(2));
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.ledger())
        .singleElement()
        .extracting(LedgerDelta::good, LedgerDelta::total)
        .containsExactly(5L, 7L);
  }

  /** Both halves, and progress with 30 s of lateness. */
  private void second(Instant at, boolean bad) {
    send(Source.COUNTERS, at, new Cell(slice(at), 0, 10));
    send(Source.COUNTERS, at, new Cell(slice(at), bad ? 0 : 10, 0));
    Instant completeTo = at.minusSeconds(30);
    bench.send(new CompleteTo("eu", 0, 1, at, completeTo, false, true, "1_0", ++seq));
  }
}
