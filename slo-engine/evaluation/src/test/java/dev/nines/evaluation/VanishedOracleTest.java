// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.CHECKOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random traffic with gaps, trickles, returns, late events, silences, pipelines that stand still
 * and catch up, and tasks that die and are revived: each word told is the oracle's, and so is what
 * is missing, in each status and in each minute of the ledger.
 */
class VanishedOracleTest {

  private static final List<String> REGIONS = List.of("ap", "eu", "us");
  private static final int STEP = 10;
  private static final int STEPS = 6 * 360;
  private static final double[] LEVELS = {1, 1, 1, 0.7, 0.3, 0.15, 0.02, 0, 0, 2};

  /** Shorter than the run: its first minutes leave the budget while it goes on. */
  private static final Duration PERIOD = Duration.ofHours(3);

  private static final Slo SLO =
      Bench.missingIsBad(
          Bench.slo(
              "checkout",
              1,
              "0.99",
              PERIOD,
              Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10")));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"21,0", "24,9"})
  void everyWordIsTheOracles(long seed, int daysBefore) {
    Instant effective = Bench.START.minus(Duration.ofDays(daysBefore));
    Run run = new Run(seed, effective, folder);
    run.history(daysBefore);
    int told = 0;
    Map<String, Map<Long, Long>> ledger = new TreeMap<>();
    for (int step = 1; step <= STEPS; step++) {
      List<String> owed = run.step(step);
      List<String> heard =
          run.task.vanished().stream()
              .map(
                  v ->
                      "%s %s at %d since %d: %d of %d"
                          .formatted(
                              v.scope(),
                              v.state(),
                              v.at().getEpochSecond(),
                              v.since().getEpochSecond(),
                              v.counted(),
                              v.expected()))
              // A frozen alert is told again when the set of its regions changes.
              .filter(word -> !word.contains("FROZEN") || owed.contains(word))
              .toList();
      assertThat(heard)
          .as("seed %d, step %d", seed, step)
          .containsExactlyInAnyOrderElementsOf(owed);
      told += owed.size();
      run.task
          .sent(ObjectiveTopics.SLO_LEDGER, LedgerDelta.class)
          .filter(delta -> delta.cause() == LedgerDelta.Cause.MISSING)
          .forEach(
              delta ->
                  ledger
                      .computeIfAbsent(delta.scope(), s -> new TreeMap<>())
                      .merge(delta.minuteStart().getEpochSecond(), delta.missing(), Long::sum));
      run.task.reset();
      for (String region : REGIONS) {
        Map<Long, Long> missing = new TreeMap<>(run.oracle.missing(region));
        ledger
            .getOrDefault(region, Map.of())
            .keySet()
            .forEach(minute -> missing.putIfAbsent(minute, 0L));
        Map<Long, Long> stored = new TreeMap<>(ledger.getOrDefault(region, Map.of()));
        missing.keySet().forEach(minute -> stored.putIfAbsent(minute, 0L));
        assertThat(stored).as("seed %d, step %d, %s", seed, step, region).isEqualTo(missing);
      }
    }
    assertThat(run.shown).as("seed %d shows what is missing", seed).isPositive();
    assertThat(told).as("seed %d has something to tell", seed).isGreaterThan(1);
  }

  /** One random stretch of hours, shown to both. */
  private static final class Run {
    private final Random random;
    private final Revived task;
    private final VanishedOracle oracle;
    private final Map<String, Site> sites = new TreeMap<>();
    private Instant now = Bench.START;
    private long seq;
    private int shown;

    Run(long seed, Instant effective, Path folder) {
      random = new Random(seed);
      task = new Revived(folder, effective, SLO);
      oracle = new VanishedOracle(effective.getEpochSecond());
      REGIONS.forEach(name -> sites.put(name, new Site(name)));
    }

    /** Days of the region's own shape, each hour with its level, some with a lull of a quarter. */
    void history(int days) {
      if (days == 0) {
        return;
      }
      for (Site site : sites.values()) {
        double[] levels = random.doubles(24).map(x -> x < 0.15 ? 0 : 0.4 + x).toArray();
        boolean lull = random.nextBoolean();
        List<Cell> cells = new ArrayList<>();
        Instant first = Bench.START.minus(Duration.ofDays(8));
        for (Instant at = first; at.isBefore(Bench.START); at = at.plusSeconds(300)) {
          long second = at.getEpochSecond();
          long events = (long) (levels[(int) (second / 3_600 % 24)] * site.usual * 30);
          if (events > 0 && !(lull && second % 3_600 < 900)) {
            cells.add(new Cell(second, events, events));
            oracle.count(site.name, second, events);
          }
        }
        task.send(counts(site.name, Bench.START, cells));
      }
    }

    List<String> step(int step) {
      now = now.plusSeconds(STEP);
      task.tick(now);
      task.sent(ObjectiveTopics.SLO_STATUS, SloStatus.class).forEach(this::check);
      oracle.tick(now.getEpochSecond());
      for (Site site : sites.values()) {
        site.live(now);
        site.deliver();
      }
      if (random.nextInt(40) == 0) {
        task.die();
      }
      task.flush(now);
      return oracle.said();
    }

    private void check(SloStatus status) {
      long from = Math.floorDiv(status.asOf().minus(PERIOD).getEpochSecond(), 60) * 60;
      assertThat(status.missing())
          .as("%s at %s", status.scope(), status.asOf())
          .isEqualTo(oracle.missing(status.scope(), from));
      shown += status.missing() > 0 ? 1 : 0;
    }

    private CountRecord.Counts counts(String region, Instant at, List<Cell> cells) {
      return new CountRecord.Counts(CHECKOUT, 1, region, at, cells, 0, "0_" + region, ++seq);
    }

    /** A region with its traffic, its collector, and the pipeline behind it. */
    private final class Site {
      private final String name;
      private final long usual;
      private final Deque<Runnable> pipeline = new ArrayDeque<>();
      private double level = 1;
      private int levelEnds;
      private int silentUntil;
      private int stuckUntil;
      private int steps;

      Site(String name) {
        this.name = name;
        this.usual = List.of(4L, 40L, 150L).get(random.nextInt(3));
        this.levelEnds = 200 + random.nextInt(400);
      }

      void live(Instant at) {
        steps++;
        if (steps > levelEnds) {
          level = LEVELS[random.nextInt(LEVELS.length)];
          levelEnds = steps + 15 + random.nextInt(300);
        }
        if (random.nextInt(250) == 0) {
          silentUntil = steps + (random.nextBoolean() ? 2 : random.nextInt(150));
        }
        if (random.nextInt(400) == 0) {
          stuckUntil = steps + random.nextInt(120);
        }
        if (steps >= silentUntil) {
          long events = Math.round(usual * level * (0.8 + 0.4 * random.nextDouble()));
          long late = random.nextInt(40) == 0 ? 10L * random.nextInt(90) : 0;
          pipeline.add(() -> traffic(at, at.getEpochSecond() - STEP - late, events));
          pipeline.add(() -> report(at));
        }
      }

      void deliver() {
        int records = steps < stuckUntil ? 0 : 2 + random.nextInt(20);
        for (int i = 0; i < records && !pipeline.isEmpty(); i++) {
          pipeline.remove().run();
        }
      }

      private void traffic(Instant at, long slice, long events) {
        if (events > 0) {
          task.send(counts(name, at, List.of(new Cell(slice, events, events))));
          oracle.count(name, slice, events);
        }
      }

      private void report(Instant at) {
        task.send(
            new CountRecord.CompleteTo(
                name, 0, 1, at, at.minusSeconds(30), false, "0_" + name, ++seq));
        oracle.progress(name, at.getEpochSecond(), now.getEpochSecond());
      }
    }
  }
}
