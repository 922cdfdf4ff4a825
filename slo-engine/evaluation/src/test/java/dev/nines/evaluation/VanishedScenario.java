// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.CHECKOUT;
import static dev.nines.evaluation.Bench.START;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One objective, and minutes of traffic and progress of its regions. */
abstract class VanishedScenario {

  static final Slo SLO =
      Bench.slo(
          "checkout",
          1,
          "0.99",
          Duration.ofDays(28),
          Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10"));
  static final int USUAL = 600;
  static final int STEP = 10;

  @TempDir Path state;
  Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(state);
    bench.apply(1, START.minus(Duration.ofDays(9)), SLO);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  SloStatus status() {
    return bench.statuses().getLast();
  }

  static Instant minute(int minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  void silence(int seconds) {
    for (int second = 0; second < seconds; second += 5) {
      bench.pass(Duration.ofSeconds(5));
    }
  }

  void run(int minutes, LongUnaryOperator eu, LongUnaryOperator us) {
    run(
        minutes * 6,
        before -> {
          step("eu", before, eu);
          step("us", before, us);
        });
  }

  void run(int minutes, int perMinute) {
    run(minutes, second -> perMinute, "eu");
  }

  void run(int minutes, LongUnaryOperator perMinute, String... regions) {
    run(
        minutes * 6,
        before -> {
          for (String region : regions) {
            step(region, before, perMinute);
          }
        });
  }

  void run(int steps, Consumer<Instant> step) {
    for (int i = 0; i < steps; i++) {
      Instant before = bench.now();
      bench.pass(Duration.ofSeconds(STEP));
      step.accept(before);
    }
  }

  /** What came in ten seconds, and the progress behind it. */
  void step(String region, Instant before, LongUnaryOperator perMinute) {
    count(region, before, perMinute.applyAsLong(before.getEpochSecond()) / 6);
    bench.send(bench.progress(region, 0, 1, bench.now(), false));
  }

  void count(String region, Instant at, long events) {
    if (events > 0) {
      Cell cell = new Cell(Slices.startOf(at), events, events);
      bench.send(bench.counts(CHECKOUT, 1, region, bench.now(), cell));
    }
  }
}
