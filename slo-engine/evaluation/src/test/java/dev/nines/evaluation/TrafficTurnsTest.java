// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnRecord.Vanished;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traffic of more lines is gone in one minute than are judged at once. */
class TrafficTurnsTest {

  private static final int LINES = 2 * TrafficTurns.AT_ONCE_MIN + 200;
  private static final int SCOPES = 2;
  private static final int BUSY_MINUTES = 40;
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Instant GONE = START.plus(Duration.ofMinutes(BUSY_MINUTES + 5));

  @TempDir Path state;

  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(state);
    Slo[] slos = IntStream.range(0, LINES).mapToObj(TrafficTurnsTest::slo).toArray(Slo[]::new);
    bench.apply(1, START.minusSeconds(3_600), slos);
    reportTo(GONE.plusSeconds(20));
    Cell[] busy =
        IntStream.range(0, BUSY_MINUTES)
            .mapToObj(minute -> new Cell(START.getEpochSecond() + minute * 60L, 100, 100))
            .toArray(Cell[]::new);
    IntStream.range(0, LINES)
        .forEach(line -> bench.send(bench.counts(id(line), 1, "eu", START, busy)));
    assertThat(bench.vanished()).isEmpty();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void othersAreJudgedInTheTicksThatFollow() {
    report(GONE.plusSeconds(30));
    assertThat(told()).hasSize(SCOPES * TrafficTurns.AT_ONCE_MIN);
    bench.pass(TICK);
    assertThat(told()).hasSize(SCOPES * TrafficTurns.AT_ONCE_MIN);
    bench.pass(TICK);
    assertThat(told()).hasSize(SCOPES * 200);
    bench.pass(TICK);
    assertThat(told()).isEmpty();
  }

  /** No tick comes between two minutes of a backlog. */
  @Test
  void allAreJudgedBeforeTheNextMinute() {
    for (int second = 30; second < 90; second += 10) {
      report(GONE.plusSeconds(second));
    }
    assertThat(told()).hasSize(SCOPES * TrafficTurns.AT_ONCE_MIN);
    report(GONE.plusSeconds(90));
    assertThat(told()).hasSize(SCOPES * (LINES - TrafficTurns.AT_ONCE_MIN));
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

  private static SloId id(int line) {
    return new SloId("default", "slo-" + line);
  }

  private static Slo slo(int line) {
    return Bench.slo(
        id(line).name(),
        1,
        "0.9",
        Duration.ofHours(1),
        Bench.policy(Duration.ofMinutes(10), Duration.ofMinutes(1), "2"));
  }
}
