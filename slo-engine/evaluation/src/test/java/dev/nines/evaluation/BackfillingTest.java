// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line that was back-filled is one that began earlier: same budget, burns, slices and alerts. */
class BackfillingTest {

  private static final Instant BEGAN = Bench.START;
  private static final Instant LINE = BEGAN.plus(Duration.ofHours(9)).plusSeconds(250);
  private static final Instant END = LINE.plusSeconds(320);
  private static final List<String> REGIONS = List.of("eu", "us");
  private static final Duration SLICE = Duration.ofMinutes(5);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9, 12})
  void itIsTheLineThatBeganEarlier(int seed) {
    Slo slo = slo(seed);
    Random random = new Random(seed);
    Map<String, TreeMap<Long, Cell>> sent = traffic(random);
    Map<String, SloStatus> early;
    Map<String, SloStatus> filled;
    try (Bench bench = new Bench(folder.resolve("early"), BEGAN)) {
      bench.apply(1, BEGAN, slo);
      early = run(bench, slo, sent, BEGAN, List.of());
    }
    try (Bench bench = new Bench(folder.resolve("filled"), BEGAN)) {
      bench.apply(1, LINE, slo);
      filled = run(bench, slo, sent, LINE, stretches(slo, sent, random));
      assertThat(ledger(bench)).isEqualTo(ofMinutesBefore(sent));
    }
    assertThat(filled).containsOnlyKeys("eu", "us", SloStatus.GLOBAL);
    filled.forEach((scope, status) -> assertThat(status).isEqualTo(early.get(scope)));
  }

  /** What was bad an hour ago pages nobody; what is bad now does, as if it had been known. */
  @Test
  void anOutageThatGoesOnPagesAndAPastOneDoesNot() {
    Slo slo =
        Bench.slo(
            "checkout",
            1,
            "0.99",
            Duration.ofDays(28),
            Bench.policy(Duration.ofMinutes(60), Duration.ofMinutes(5), "14.4"));
    for (boolean goesOn : new boolean[] {false, true}) {
      try (Bench bench = new Bench(folder.resolve("outage" + goesOn), LINE.minusSeconds(10))) {
        bench.apply(1, LINE, slo);
        long outage = LINE.minusSeconds(goesOn ? 1_200 : 4_000).getEpochSecond();
        List<Cell> cells = new ArrayList<>();
        for (long at = LINE.getEpochSecond() - 5_000; at < LINE.getEpochSecond(); at += 10) {
          boolean bad = at >= outage && at < outage + 1_200;
          cells.add(new Cell(Math.floorDiv(at, 10) * 10, bad ? 0 : 10, 10));
        }
        bench.pass(Duration.ofSeconds(15));
        bench.send(past(slo, LINE.minusSeconds(5_000), LINE, Map.of("eu", cells), 1));
        assertThat(bench.changes()).isEmpty();
        bench.pass(Duration.ofSeconds(10));
        assertThat(bench.changes().stream().map(change -> change.state()).distinct().toList())
            .isEqualTo(goesOn ? List.of(State.FIRING) : List.of());
      }
    }
  }

  @Test
  void aRepeatChangesNothingAndALaterLineSaysFromWhereOnItAnswers() {
    Slo slo = Bench.slo("checkout", 1, "0.9", Duration.ofDays(28));
    try (Bench bench = new Bench(folder, LINE)) {
      bench.apply(1, LINE, slo);
      Instant from = LINE.minusSeconds(600);
      Map<String, List<Cell>> cells = Map.of("eu", List.of(new Cell(from.getEpochSecond(), 3, 5)));
      Past once = new Past(slo, LINE, from, LINE, LINE, false, cells, "backfill", 1);
      bench.send(once);
      bench.send(once);
      bench.pass(Duration.ofSeconds(11));
      SloStatus status = bench.statuses().getLast();
      assertThat(List.of(status.good(), status.total(), status.runTotal()))
          .containsExactly(3L, 5L, 5L);
      assertThat(bench.ledger())
          .extracting(
              LedgerDelta::scope,
              LedgerDelta::cause,
              LedgerDelta::minuteStart,
              LedgerDelta::good,
              LedgerDelta::total)
          .containsExactly(
              tuple("", Cause.RECOUNT, minute(from), 0L, 0L),
              tuple("eu", Cause.RECOUNT, minute(from), 3L, 5L));
    }
  }

  private static Instant minute(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES);
  }

  private Map<String, SloStatus> run(
      Bench bench,
      Slo slo,
      Map<String, TreeMap<Long, Cell>> sent,
      Instant from,
      List<Past> stretches) {
    List<Past> left = new ArrayList<>(stretches);
    while (bench.now().isBefore(END)) {
      bench.pass(Duration.ofSeconds(10));
      long slice = bench.now().getEpochSecond() - 10;
      for (String region : REGIONS) {
        Cell cell = sent.get(region).get(slice);
        if (cell != null && slice >= from.getEpochSecond()) {
          bench.send(counted(bench.counts(slo.id(), 1, region, bench.now(), cell), slo));
        }
        bench.send(covering(bench.progress(region, 0, 1, bench.now(), false), slo));
      }
      for (int i = 0; i < 10 && bench.now().isAfter(LINE.plusSeconds(30)) && !left.isEmpty(); i++) {
        bench.send(left.removeFirst());
      }
    }
    assertThat(left).isEmpty();
    bench.pass(Duration.ofSeconds(10));
    Map<String, SloStatus> last = new HashMap<>();
    bench.statuses().forEach(status -> last.put(status.scope(), status));
    return last;
  }

  private static Counts counted(Counts counts, Slo slo) {
    return new Counts(
        counts.slo(),
        counts.line(),
        counts.region(),
        counts.appendedAt(),
        counts.groupBy(),
        counts.cells(),
        0,
        Source.of(slo.indicator()),
        false,
        counts.task(),
        counts.seq());
  }

  private static CompleteTo covering(CompleteTo progress, Slo slo) {
    return new CompleteTo(
        progress.region(),
        progress.partition(),
        progress.partitions(),
        progress.progressAt(),
        progress.completeTo(),
        progress.goodbye(),
        Source.of(slo.indicator()) != Source.SPANS,
        progress.task(),
        progress.seq());
  }

  /** What was told as vanished is history that only the line of then has: it is not judged here. */
  private static Slo slo(int seed) {
    Slo slo =
        Bench.vanished(
            Bench.slo(
                "checkout",
                1,
                "0.9",
                Duration.ofHours(seed % 2 == 0 ? 6 : 48),
                Bench.policy(Duration.ofMinutes(60), Duration.ofMinutes(10), "2"),
                Bench.policy(Duration.ofHours(6), Duration.ofMinutes(30), "1")),
            Slo.Vanished.OFF);
    Slo sliced =
        switch (seed % 3) {
          case 0 -> slo;
          case 1 -> Bench.sliced(new Budgeting.Timeslices(SLICE, new BigDecimal("0.9")), slo);
          default -> Bench.sliced(new Budgeting.RatioTimeslices(SLICE), slo);
        };
    Indicator indicator =
        switch ((seed - 1) / 3) {
          case 2 -> MetricScenario.RATIO.indicator();
          case 3 -> MetricScenario.HISTOGRAM.indicator();
          default -> slo.indicator();
        };
    return Bench.counting(indicator, sliced);
  }

  /** Busy and quiet stretches, some of them bad. */
  private static Map<String, TreeMap<Long, Cell>> traffic(Random random) {
    Map<String, TreeMap<Long, Cell>> sent = new HashMap<>();
    for (String region : REGIONS) {
      TreeMap<Long, Cell> cells = new TreeMap<>();
      int busy = 0;
      int bad = 0;
      for (long at = BEGAN.getEpochSecond(); at < END.getEpochSecond(); at += 10) {
        if (random.nextInt(40) == 0) {
          busy = random.nextInt(3) * 20;
          bad = random.nextInt(3) * 15;
        }
        if (busy > 0) {
          int total = 1 + random.nextInt(busy);
          cells.put(at, new Cell(at, total - random.nextInt(total * bad / 30 + 1), total));
        }
      }
      sent.put(region, cells);
    }
    return sent;
  }

  /** The newest first; minutes where slices of 10 s are no longer kept. */
  private static List<Past> stretches(
      Slo slo, Map<String, TreeMap<Long, Cell>> sent, Random random) {
    List<Past> stretches = new ArrayList<>();
    Instant to = LINE;
    while (to.isAfter(BEGAN)) {
      long minutes = 1 + random.nextInt(90);
      Instant from = Instant.ofEpochSecond(Math.floorDiv(to.getEpochSecond() - 1, 60) * 60);
      from = from.minusSeconds((minutes - 1) * 60);
      from = from.isBefore(BEGAN) ? BEGAN : from;
      long width = from.isBefore(LINE.minus(Duration.ofHours(3))) ? 60 : 10;
      Map<String, List<Cell>> regions = new HashMap<>();
      for (String region : REGIONS) {
        TreeMap<Long, Cell> cells = new TreeMap<>();
        sent.get(region)
            .subMap(from.getEpochSecond(), to.getEpochSecond())
            .forEach(
                (at, cell) ->
                    cells.merge(
                        Math.floorDiv(at, width) * width,
                        new Cell(Math.floorDiv(at, width) * width, cell.good(), cell.total()),
                        (a, b) ->
                            new Cell(
                                a.sliceStartSeconds(),
                                a.good() + b.good(),
                                a.total() + b.total())));
        if (!cells.isEmpty()) {
          regions.put(region, List.copyOf(cells.values()));
        }
      }
      stretches.add(past(slo, from, to, regions, stretches.size() + 1L));
      to = from;
    }
    return stretches;
  }

  private static Past past(
      Slo slo, Instant from, Instant to, Map<String, List<Cell>> regions, long seq) {
    return new Past(slo, LINE, from, to, LINE.plusSeconds(5), true, regions, "backfill", seq);
  }

  private static Map<String, Long> ledger(Bench bench) {
    Map<String, Long> sums = new TreeMap<>();
    for (LedgerDelta delta : bench.ledger()) {
      if (delta.cause() == Cause.BACKFILL) {
        sums.merge(delta.scope() + delta.minuteStart(), delta.total(), Long::sum);
      }
    }
    return sums;
  }

  private static Map<String, Long> ofMinutesBefore(Map<String, TreeMap<Long, Cell>> sent) {
    Map<String, Long> sums = new TreeMap<>();
    sent.forEach(
        (region, cells) ->
            cells
                .headMap(LINE.getEpochSecond())
                .forEach(
                    (at, cell) ->
                        sums.merge(
                            region + Instant.ofEpochSecond(Math.floorDiv(at, 60) * 60),
                            cell.total(),
                            Long::sum)));
    return sums;
  }
}
