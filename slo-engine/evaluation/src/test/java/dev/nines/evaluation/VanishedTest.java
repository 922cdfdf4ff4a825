// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.CHECKOUT;
import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.BurnRecord.Vanished;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** Traffic that is measured, and gone: who is told, when, and of what not. */
class VanishedTest extends VanishedScenario {

  @Test
  void trafficThatIsGoneIsToldAndSoIsItsReturn() {
    run(70, USUAL);
    assertThat(bench.vanished()).isEmpty();
    run(6, second -> 60, "eu");
    List<Vanished> gone = bench.vanished();
    assertThat(gone)
        .extracting(Vanished::scope, Vanished::state, Vanished::counted, Vanished::expected)
        .containsExactly(
            tuple("eu", State.FIRING, 300L, 3_000L), tuple("global", State.FIRING, 300L, 3_000L));
    assertThat(gone.getFirst().severity()).isEqualTo(Severity.PAGE);
    assertThat(gone.getFirst().at()).isEqualTo(minute(75));
    assertThat(gone.getFirst().since()).isEqualTo(minute(70));
    assertThat(gone.getFirst().decidedAt()).isEqualTo(minute(75).plusSeconds(30));
    run(1, second -> 60, "eu");
    assertThat(status().traffic()).isEqualTo(new SloStatus.Traffic(minute(76), 300, 3_000L, true));

    run(180, 0);
    assertThat(bench.vanished()).as("however long it is gone").isEmpty();
    run(2, USUAL);
    assertThat(bench.vanished()).as("1 of 5 minutes is back").isEmpty();
    run(2, USUAL);
    assertThat(bench.vanished())
        .extracting(Vanished::scope, Vanished::state, Vanished::at)
        .containsExactly(
            tuple("eu", State.RESOLVED, minute(260)), tuple("global", State.RESOLVED, minute(260)));
    assertThat(status().traffic().vanished()).isFalse();
    run(10, USUAL);
    run(6, 0);
    assertThat(bench.vanished())
        .as("what was gone is no part of what is usual")
        .extracting(Vanished::expected, Vanished::state)
        .containsExactly(tuple(3_000L, State.FIRING), tuple(3_000L, State.FIRING));
  }

  @Test
  void aShopThatOpensAndClosesWakesNobody() {
    run(3, USUAL);
    run(60, 0);
    run(34, USUAL);
    run(30, 0);
    assertThat(bench.vanished()).isEmpty();
    assertThat(status().traffic().expected()).isNull();
  }

  @Test
  void fewAreTooFewToJudgeBy() {
    run(70, 18);
    run(10, 0);
    assertThat(bench.vanished()).isEmpty();
    assertThat(status().traffic().expected()).isEqualTo(90);
  }

  @Test
  void burstsAreNoTraffic() {
    run(200, second -> second % 3_600 < 600 ? 6_000 : 0, "eu");
    assertThat(bench.vanished()).isEmpty();
  }

  @Test
  void whatIsNotMeasuredIsNotVanished() {
    run(40, USUAL);
    bench.pass(Duration.ofMinutes(50));
    assertThat(bench.vanished()).isEmpty();
    run(6, 0);
    assertThat(bench.vanished()).as("five measured minutes are not over").isEmpty();
    run(1, 0);
    assertThat(bench.vanished())
        .as("the last measured hour was before the silence")
        .extracting(Vanished::scope, Vanished::expected)
        .containsExactly(tuple("eu", 3_000L), tuple("global", 3_000L));

    silence(15);
    run(1, 0);
    assertThat(bench.vanished()).as("some seconds of silence change nothing").isEmpty();
    run(6, 0);
    silence(310);
    assertThat(bench.vanished())
        .extracting(Vanished::state, Vanished::frozenRegions)
        .containsExactly(tuple(State.FROZEN, List.of("eu")), tuple(State.FROZEN, List.of("eu")));
    run(6, 0);
    assertThat(bench.vanished()).isEmpty();
    run(1, 0);
    assertThat(bench.vanished())
        .extracting(Vanished::state)
        .containsExactly(State.FIRING, State.FIRING);
  }

  @Test
  void trafficThatMovedIsGoneInItsRegionOnly() {
    run(40, second -> USUAL, "eu", "us");
    run(10, second -> 0, second -> 2 * USUAL);
    assertThat(bench.vanished()).extracting(Vanished::scope).containsExactly("eu");
  }

  @Test
  void aSilentRegionMayHaveWhatTheOthersMiss() {
    run(40, second -> USUAL, "eu", "us");
    run(15, second -> 0, "eu");
    assertThat(bench.vanished())
        .as("global waits 5 min for us, and takes it as usual then")
        .extracting(Vanished::scope)
        .containsExactly("eu");
  }

  @Test
  void aRegionThatIsLostHoldsUpNoAlert() {
    run(40, second -> USUAL, "eu", "us");
    run(70, USUAL);
    run(10, 0);
    assertThat(bench.vanished())
        .extracting(Vanished::scope, Vanished::state, Vanished::expected)
        .containsExactly(tuple("eu", State.FIRING, 3_000L), tuple("global", State.FIRING, 3_000L));
  }

  @Test
  void anOutageOfTheEngineHidesNothing() {
    run(40, USUAL);
    Instant down = bench.now();
    bench.pass(Duration.ofMinutes(30));
    for (Instant at = down; at.isBefore(bench.now()); at = at.plusSeconds(STEP)) {
      boolean gone = at.isAfter(down.plusSeconds(300)) && at.isBefore(down.plusSeconds(900));
      count("eu", at, gone ? 0 : USUAL / 6);
      bench.send(bench.progress("eu", 0, 1, at.plusSeconds(STEP), false));
    }
    assertThat(bench.vanished())
        .extracting(Vanished::scope, Vanished::state, Vanished::at)
        .containsExactly(
            tuple("eu", State.FIRING, minute(50)),
            tuple("global", State.FIRING, minute(50)),
            tuple("eu", State.RESOLVED, minute(58)),
            tuple("global", State.RESOLVED, minute(58)));
  }

  @Test
  void aRegionThatLeavesIsNotMissed() {
    run(40, USUAL);
    run(6, 0);
    assertThat(bench.vanished()).hasSize(2);
    bench.send(bench.progress("eu", 0, 1, bench.now(), true));
    bench.pass(Duration.ofSeconds(10));
    assertThat(bench.vanished())
        .extracting(Vanished::state)
        .containsExactly(State.FROZEN, State.FROZEN);
    bench.pass(Duration.ofMinutes(61));
    assertThat(bench.vanished())
        .extracting(Vanished::state)
        .containsExactly(State.RESOLVED, State.RESOLVED);
  }

  @Test
  void theObjectiveSaysWhoIsTold() {
    bench.apply(2, START, Bench.vanished(SLO, Slo.Vanished.OFF));
    run(40, USUAL);
    run(6, 0);
    assertThat(bench.vanished()).isEmpty();
    bench.apply(3, bench.now(), Bench.vanished(SLO, Slo.Vanished.TICKET));
    run(2, 0);
    assertThat(bench.vanished())
        .extracting(Vanished::severity)
        .containsExactly(Severity.TICKET, Severity.TICKET);
    bench.apply(4, bench.now(), Bench.vanished(SLO, Slo.Vanished.OFF));
    run(1, 0);
    assertThat(bench.vanished())
        .extracting(Vanished::state)
        .containsExactly(State.RESOLVED, State.RESOLVED);
  }

  @Test
  void anObjectiveThatEndsEndsItsAlert() {
    run(40, USUAL);
    run(6, 0);
    assertThat(bench.vanished()).hasSize(2);
    bench.apply(2, bench.now());
    run(1, 0);
    assertThat(bench.vanished())
        .extracting(Vanished::state)
        .containsExactly(State.RESOLVED, State.RESOLVED);
  }

  /** Open from 9:00 to 20:30, with a pause from 15:00 to 15:15, each day of the week before. */
  @Test
  void aWeekKnowsWhenTheShopIsOpen() {
    Instant begin = START.minus(Duration.ofDays(8));
    List<Cell> cells = new ArrayList<>();
    for (Instant at = begin; at.isBefore(START); at = at.plusSeconds(60)) {
      if (open(at.getEpochSecond())) {
        cells.add(new Cell(at.getEpochSecond(), USUAL, USUAL));
      }
    }
    bench.send(bench.counts(CHECKOUT, 1, "eu", START, cells.toArray(Cell[]::new)));
    LongUnaryOperator asUsual = second -> open(second) ? USUAL : 0;
    run(11 * 60, asUsual, "eu");
    assertThat(bench.vanished()).as("the pause, and the evening").isEmpty();
    run(10 * 60 - 30, asUsual, "eu");
    assertThat(bench.vanished()).isEmpty();
    run(150, second -> 0, "eu");
    assertThat(bench.vanished())
        .as("it did not open, which the hour before cannot tell")
        .extracting(Vanished::scope, Vanished::state, Vanished::at)
        .containsExactly(
            tuple("eu", State.FIRING, Instant.parse("2026-03-02T10:05:00Z")),
            tuple("global", State.FIRING, Instant.parse("2026-03-02T10:05:00Z")));
  }

  private static boolean open(long second) {
    long minuteOfDay = Math.floorMod(second, 86_400L) / 60;
    return minuteOfDay >= 540 && minuteOfDay < 1_230 && !(minuteOfDay >= 900 && minuteOfDay < 915);
  }
}
