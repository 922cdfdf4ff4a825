// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnRecord.Vanished;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traffic of more lines is gone in one minute than a tick judges. */
class TrafficTurnsTest {

  private static final int TICKS = 7;
  private static final int LINES = TICKS * TrafficTurns.IN_A_TICK_MIN;
  private static final int SCOPES = 2;
  private static final int TOLD_IN_A_TICK = SCOPES * TrafficTurns.IN_A_TICK_MIN;
  private static final int BUSY_MINUTES = 40;
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Instant GONE = START.plus(Duration.ofMinutes(BUSY_MINUTES + 5));

  @TempDir Path state;

  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(state);
    bench.apply(1, START.minusSeconds(3_600), slos());
    reportTo(GONE.plusSeconds(20));
    IntStream.range(0, LINES).forEach(line -> bench.send(busy(line)));
    assertThat(bench.vanished()).isEmpty();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void linesAreJudgedInTheTicksThatFollow() {
    assertThat(LINES).isGreaterThan(TrafficTurns.AT_ONCE_MAX);
    report(GONE.plusSeconds(30));
    assertThat(told()).isEmpty();
    for (int tick = 0; tick < TICKS; tick++) {
      bench.pass(TICK);
      assertThat(told()).hasSize(TOLD_IN_A_TICK);
    }
    bench.pass(TICK);
    assertThat(told()).isEmpty();
  }

  /** No tick comes between the minutes of a backlog. */
  @Test
  void allAreJudgedBeforeTheNextMinuteButOne() {
    for (int second = 30; second < 150; second += 10) {
      report(GONE.plusSeconds(second));
    }
    assertThat(told()).isEmpty();
    report(GONE.plusSeconds(150));
    assertThat(told()).hasSize(SCOPES * LINES);
  }

  /** The second minute waits for the first, and finds it told. */
  @Test
  void aTaskThatTakesOverJudgesBothMinutes() {
    Revived task = task();
    for (int second = 30; second <= 90; second += 10) {
      task.send(bench.progress("eu", 0, 1, GONE.plusSeconds(second), false));
    }
    assertThat(task.vanished()).isEmpty();
    task.die();
    for (int tick = 0; tick < 2 * TICKS; tick++) {
      task.tick(GONE.plusSeconds(90 + tick));
    }
    assertThat(task.vanished())
        .hasSize(SCOPES * LINES)
        .allMatch(each -> each.at().equals(GONE) && each.since().equals(GONE.minusSeconds(300)));
  }

  /** The first task dies with all of its lines waiting, the second in their midst. */
  @Test
  void aTaskThatTakesOverJudgesTheMinuteToItsEnd() {
    Revived task = task();
    task.send(bench.progress("eu", 0, 1, GONE.plusSeconds(30), false));
    assertThat(task.vanished()).isEmpty();
    task.die();
    task.tick(GONE.plusSeconds(31));
    task.tick(GONE.plusSeconds(32));
    assertThat(task.vanished()).hasSize(2 * TOLD_IN_A_TICK);
    task.die();
    for (int tick = 0; tick < TICKS; tick++) {
      task.tick(GONE.plusSeconds(33 + tick));
    }
    assertThat(task.vanished())
        .hasSize(SCOPES * LINES)
        .allMatch(each -> each.at().equals(GONE))
        .extracting(each -> each.slo() + each.scope())
        .doesNotHaveDuplicates();
    task.die();
    task.reset();
    task.tick(GONE.plusSeconds(50));
    assertThat(task.vanished()).isEmpty();
  }

  /** Its only collector stops and starts again: what waits is judged before the region is gone. */
  @Test
  void aGoodbyeLeavesNobodyWaiting() {
    report(GONE.plusSeconds(30));
    bench.send(bench.progress("eu", 0, 1, GONE.plusSeconds(31), true));
    assertThat(told()).hasSize(SCOPES * LINES);
  }

  private Revived task() {
    Revived task = new Revived(state.resolve("revived"), START.minusSeconds(3_600), slos());
    task.tick(START);
    for (Instant at = START; at.isBefore(GONE.plusSeconds(30)); at = at.plusSeconds(10)) {
      task.send(bench.progress("eu", 0, 1, at, false));
    }
    IntStream.range(0, LINES).forEach(line -> task.send(busy(line)));
    return task;
  }

  private List<Vanished> told() {
    List<Vanished> told = bench.vanished();
    assertThat(told).allMatch(each -> each.at().equals(GONE) && each.expected() == 500);
    return told;
  }

  private void reportTo(Instant end) {
    while (!bench.now().isAfter(end)) {
      report(bench.now());
      bench.pass(Duration.ofSeconds(10));
    }
  }

  private void report(Instant at) {
    bench.send(bench.progress("eu", 0, 1, at, false));
  }

  /** A hundred events in each minute until five before the end. */
  private CountRecord.Counts busy(int line) {
    Cell[] cells =
        IntStream.range(0, BUSY_MINUTES)
            .mapToObj(minute -> new Cell(START.getEpochSecond() + minute * 60L, 100, 100))
            .toArray(Cell[]::new);
    return bench.counts(Bench.numberedId(line), 1, "eu", START, cells);
  }

  private static Slo[] slos() {
    return IntStream.range(0, LINES).mapToObj(Bench::numbered).toArray(Slo[]::new);
  }
}
