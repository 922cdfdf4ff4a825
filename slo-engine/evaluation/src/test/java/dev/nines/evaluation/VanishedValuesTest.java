// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.CHECKOUT;
import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.BurnRecord.Vanished;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.RawIndicator;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.ThresholdIndicator;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A gauge that nobody reports any more is told, also when it has a point a minute only. */
class VanishedValuesTest {

  private static final MetricSelection ALL = new MetricSelection("a", "", Map.of(), List.of());

  @TempDir Path state;
  private long seq;

  static Stream<Indicator> indicators() {
    return Stream.of(
        new ThresholdIndicator(ALL, ThresholdIndicator.Operator.LT, BigDecimal.TEN),
        new RawIndicator(ALL, RawIndicator.RawType.FAILURE));
  }

  @ParameterizedTest
  @MethodSource("indicators")
  void aSeriesThatStopsIsToldInPoints(Indicator indicator) {
    try (Bench bench = new Bench(state)) {
      bench.apply(1, START.minus(Duration.ofDays(9)), slo(indicator));
      run(bench, 70, indicator.partsOfEvent());
      assertThat(bench.vanished()).isEmpty();
      run(bench, 7, 0);
      assertThat(bench.vanished())
          .extracting(
              told ->
                  told.scope()
                      + " "
                      + told.state()
                      + " "
                      + told.counted()
                      + " of "
                      + told.expected())
          .containsExactly("eu FIRING 0 of 5", "global FIRING 0 of 5");
      run(bench, 5, indicator.partsOfEvent());
      assertThat(bench.vanished()).extracting(Vanished::state).containsOnly(State.RESOLVED);
    }
  }

  /** What good and total of a raw ratio are. */
  @Test
  void aStatusSaysThatItHasParts() {
    for (Indicator indicator : indicators().toList()) {
      try (Bench bench = new Bench(state)) {
        bench.apply(1, START.minus(Duration.ofDays(9)), slo(indicator));
        run(bench, 2, indicator.partsOfEvent());
        SloStatus status = bench.statuses().getLast();
        assertThat(status.total()).isEqualTo(2 * indicator.partsOfEvent());
        assertThat(status.quality().contains("parts")).isEqualTo(indicator instanceof RawIndicator);
      }
    }
  }

  /** A point a minute of so many parts, and progress every ten seconds. */
  private void run(Bench bench, int minutes, long parts) {
    for (int step = 0; step < minutes * 6; step++) {
      Instant before = bench.now();
      bench.pass(Duration.ofSeconds(10));
      if (parts > 0 && step % 6 == 0) {
        Cell cell = new Cell(Slices.startOf(before), parts, parts);
        bench.send(
            new Counts(
                CHECKOUT,
                1,
                "eu",
                bench.now(),
                "",
                List.of(cell),
                0,
                Source.VALUES,
                false,
                "1",
                ++seq));
      }
      Instant now = bench.now();
      bench.send(new CompleteTo("eu", 0, 1, now, now.minusSeconds(30), false, true, "1", ++seq));
    }
  }

  private static Slo slo(Indicator indicator) {
    Slo like = Bench.slo(CHECKOUT.name(), 1, "0.99", Duration.ofDays(28));
    return new Slo(
        CHECKOUT,
        1,
        "checkout",
        "",
        "",
        Map.of(),
        indicator,
        like.target(),
        like.period(),
        List.of(),
        BigDecimal.ZERO,
        Slo.Missing.NEUTRAL);
  }
}
