// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts of metrics that no honest client sends: they stop nothing, and nobody else pays. */
class MetricBoundsTest extends MetricScenario {

  /** A client may claim any number: it must not stop the task, which counts for others too. */
  @Test
  void countsBeyondAllNumbersStopNothing() {
    bench.apply(1, START.minusSeconds(3_600), HISTOGRAM);
    bench.pass(Duration.ofSeconds(60));
    for (int i = 0; i < 3; i++) {
      for (String region : List.of("eu", "us")) {
        long slice = slice(bench.now());
        send(region, Source.HISTOGRAMS, new Cell(slice, 0, Long.MAX_VALUE));
        send(region, Source.HISTOGRAMS, new Cell(slice, Long.MAX_VALUE, Long.MAX_VALUE));
      }
      bench.pass(Duration.ofSeconds(10));
    }
    assertThat(bench.changes()).isNotEmpty();
    bench.pass(Duration.ofMinutes(70));
    for (int minute = 0; minute < 2; minute++) {
      send(Source.HISTOGRAMS, new Cell(slice(bench.now()), 5, 5));
      bench.pass(Duration.ofSeconds(60));
    }
    assertThat(bench.statuses().getLast())
        .extracting(SloStatus::good, SloStatus::total)
        .containsExactly(10L, 10L);
  }

  @Test
  void halvesBeyondAllNumbersStopNothing() {
    bench.apply(1, START.minusSeconds(3_600), RATIO);
    bench.pass(Duration.ofSeconds(60));
    for (int i = 0; i < 3; i++) {
      send(Source.COUNTERS, new Cell(slice(bench.now()), -Long.MAX_VALUE, 0));
      send(Source.COUNTERS, new Cell(slice(bench.now()) - 10, -Long.MAX_VALUE, 0));
      send(Source.COUNTERS, new Cell(slice(bench.now()), 0, Long.MAX_VALUE));
    }
    bench.pass(Duration.ofSeconds(30));
    complete(bench.now());
    bench.pass(Duration.ofMillis(500));
    bench.pass(Duration.ofSeconds(30));
    assertThat(bench.statuses()).isNotEmpty();
  }

  /** One client sends weeks of slices at once; the halves of another SLO go on waiting. */
  @Test
  void aHugeBacklogOfOneObjectiveDoesNotSplitTheHalvesOfAnother() {
    bench.apply(1, START.minusSeconds(3_600), RATIO);
    bench.pass(Duration.ofSeconds(60));
    complete(bench.now().minusSeconds(30));
    send(Source.COUNTERS, new Cell(slice(bench.now()), 0, 500));
    SloId huge = new SloId("other", "huge");
    for (int record = 0; record < 11; record++) {
      List<Cell> cells = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        cells.add(new Cell(slice(bench.now()) - (record * 5_000 + i) * 10, 1, 1));
      }
      bench.send(
          new Counts(
              huge, 1, "eu", bench.now(), "", cells, 0, Source.COUNTERS, false, "1_1", record + 1));
    }
    bench.pass(Duration.ofSeconds(20));
    assertThat(bench.changes()).isEmpty();
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.ledger()).isNotEmpty().allMatch(delta -> delta.slo().equals(huge));
  }

  private void send(Source source, Cell cell) {
    send("eu", source, cell);
  }

  private void send(String region, Source source, Cell cell) {
    send(region, source, bench.now(), cell);
  }
}
