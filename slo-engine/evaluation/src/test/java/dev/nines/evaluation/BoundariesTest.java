// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred and fifty lines in one task: more than a tick decides on, or shows in turn. */
class BoundariesTest {

  private static final int LINES = 250;
  private static final Duration TICK = Duration.ofMillis(500);

  @TempDir Path state;

  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(state);
    Slo[] slos = IntStream.range(0, LINES).mapToObj(Bench::numbered).toArray(Slo[]::new);
    bench.apply(1, Bench.START.minusSeconds(3_600), slos);
    IntStream.range(0, LINES).forEach(line -> count(line, 10));
    bench.pass(TICK);
    assertThat(bench.statuses()).as("what is new is shown at once").hasSize(2 * LINES);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void newCountsDoNotWaitForABoundaryOfAllLines() {
    bench.pass(Duration.ofSeconds(10));
    count(LINES - 1, 3);
    bench.pass(TICK);
    List<SloStatus> shown = bench.statuses();
    assertThat(shown).hasSizeLessThanOrEqualTo(2 * Boundaries.SHOWN_MIN + 2);
    assertThat(shown).anySatisfy(status -> assertThat(status.runTotal()).isEqualTo(13));
  }

  @Test
  void budgetsThatOnlyTimeMovedAreShownInTurn() {
    Instant boundary = Bench.START.plusSeconds(10);
    bench.pass(Duration.ofSeconds(10));
    Map<String, Instant> shown = new HashMap<>();
    for (int tick = 0; tick < 2 * LINES / Boundaries.SHOWN_MIN; tick++) {
      bench.pass(TICK);
      bench.statuses().forEach(status -> shown.put(status.key(), status.asOf()));
    }
    assertThat(shown).hasSize(2 * LINES);
    assertThat(shown.values()).allMatch(asOf -> !asOf.isBefore(boundary));
  }

  /** A total outage of the last line: it goes before the others. */
  @Test
  void anAlertIsShownAtEachBoundary() {
    bench.send(
        bench.counts(
            Bench.numberedId(LINES - 1), 1, "eu", bench.now(), new Cell(second(), 0, 1_000)));
    bench.pass(TICK);
    bench.statuses();
    bench.pass(Duration.ofSeconds(10));
    assertThat(bench.statuses().stream().filter(status -> status.burns().getFirst().firing()))
        .extracting(SloStatus::key)
        .containsExactly(
            Bench.numberedId(LINES - 1) + "@eu", Bench.numberedId(LINES - 1) + "@global");
  }

  private void count(int line, long events) {
    bench.send(
        bench.counts(
            Bench.numberedId(line), 1, "eu", bench.now(), new Cell(second(), events, events)));
  }

  private long second() {
    return bench.now().getEpochSecond() / 10 * 10;
  }
}
