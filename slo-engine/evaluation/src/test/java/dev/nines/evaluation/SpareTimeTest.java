// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnRecord.Vanished;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine so slow that each step takes longer than a tick has for what can wait. */
class SpareTimeTest {

  private static final int LINES = TrafficTurns.AT_ONCE_MAX + 20;
  private static final int BUSY_MINUTES = 40;
  private static final Duration TICK = Duration.ofMillis(500);

  @TempDir Path state;

  private final AtomicLong nanos = new AtomicLong();
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(state, START, () -> nanos.addAndGet(Duration.ofMillis(26).toNanos()));
    Slo[] slos = IntStream.range(0, LINES).mapToObj(Bench::numbered).toArray(Slo[]::new);
    bench.apply(1, START.minusSeconds(3_600), slos);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** A step a tick, and in the end all: once decided on, a line is shown in its turn. */
  @Test
  void whatCanWaitTakesAStepATickAndComesToItsEnd() {
    count(new Cell(START.getEpochSecond(), 10, 10));
    bench.pass(TICK);
    assertThat(bench.statuses()).as("what is new waits for nobody").hasSize(2 * LINES);
    bench.pass(Duration.ofSeconds(10));
    List<String> shown = new ArrayList<>();
    for (int tick = 0; tick <= LINES; tick++) {
      List<SloStatus> statuses = bench.statuses();
      assertThat(statuses).as("one line in its two scopes").hasSizeLessThanOrEqualTo(2);
      statuses.stream().map(SloStatus::key).forEach(shown::add);
      bench.pass(TICK);
    }
    assertThat(shown.stream().distinct()).hasSize(2 * LINES);
  }

  @Test
  void theTrafficOfAMinuteTakesALineATick() {
    int gone = BUSY_MINUTES + 5;
    for (int second = 0; second <= gone * 60 + 20; second += 10) {
      bench.send(bench.progress("eu", 0, 1, bench.now(), false));
      bench.pass(Duration.ofSeconds(10));
    }
    count(
        IntStream.range(0, BUSY_MINUTES)
            .mapToObj(minute -> new Cell(START.getEpochSecond() + minute * 60L, 100, 100))
            .toArray(Cell[]::new));
    bench.send(bench.progress("eu", 0, 1, bench.now(), false));
    assertThat(bench.vanished()).isEmpty();
    for (int tick = 0; tick < 10; tick++) {
      bench.pass(TICK);
      assertThat(bench.vanished())
          .extracting(Vanished::scope)
          .containsExactly("eu", SloStatus.GLOBAL);
    }
  }

  private void count(Cell... cells) {
    IntStream.range(0, LINES)
        .forEach(line -> bench.send(bench.counts(Bench.numberedId(line), 1, "eu", START, cells)));
  }
}
