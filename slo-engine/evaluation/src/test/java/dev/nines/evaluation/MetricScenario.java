// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.CHECKOUT;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.HistogramIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.Slo;
import dev.nines.objectives.Threshold;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Objectives over metrics, and counts and progress of the one task that counts them. */
abstract class MetricScenario {

  private static final MetricSelection ALL = new MetricSelection("a", "", Map.of(), List.of());
  static final Slo RATIO =
      over(
          new CounterIndicator(
              ALL, new MetricSelection("b", "", Map.of(), List.of()), CounterIndicator.Part.BAD));
  static final Slo HISTOGRAM =
      over(new HistogramIndicator(ALL, new Threshold(BigDecimal.ONE, "s")));
  static final Duration TICK = Duration.ofMillis(500);

  @TempDir Path state;
  Bench bench;
  long seq;

  @BeforeEach
  void open() {
    bench = new Bench(state);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  void send(Source source, Instant appendedAt, Cell cell) {
    send("eu", source, appendedAt, cell);
  }

  void send(String region, Source source, Instant appendedAt, Cell cell) {
    bench.send(
        new Counts(
            CHECKOUT, 1, region, appendedAt, "", List.of(cell), 0, source, false, "1_0", ++seq));
  }

  void complete(Instant completeTo) {
    complete("eu", completeTo);
  }

  void complete(String region, Instant completeTo) {
    Instant progressAt = completeTo.isBefore(bench.now()) ? bench.now() : completeTo;
    bench.send(new CompleteTo(region, 0, 1, progressAt, completeTo, false, true, "1_0", ++seq));
  }

  static long slice(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), 10) * 10;
  }

  private static Slo over(Indicator indicator) {
    Slo like =
        Bench.slo(
            CHECKOUT.name(),
            1,
            "0.99",
            Duration.ofHours(1),
            Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10"));
    return new Slo(
        like.id(),
        like.line(),
        like.service(),
        like.displayName(),
        like.description(),
        like.labels(),
        indicator,
        like.target(),
        like.period(),
        like.policies(),
        like.confidence(),
        like.missing());
  }
}
