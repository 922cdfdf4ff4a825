// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random streams with late, repeated, reordered and missing records and silent regions: each
 * decision, each window and each sum is the oracle's.
 */
class OracleTest {

  private static final List<String> REGIONS = List.of("ap", "eu", "us");
  private static final int SECONDS = 900;
  private static final Slo SLO =
      Bench.slo(
          "checkout",
          1,
          "0.99",
          Duration.ofDays(30),
          Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10"),
          Bench.policy(Duration.ofHours(3), Duration.ofMinutes(10), "4"),
          Bench.policy(Duration.ofDays(3), Duration.ofHours(6), "1"));

  @TempDir Path state;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyNumberIsTheOracles(long seed) {
    Instant effective = Bench.START.minusSeconds(7_200);
    Random random = new Random(seed);
    Oracle oracle = new Oracle(SLO, effective.toEpochMilli());
    Map<Long, long[]> minutes = new HashMap<>();
    int told = 0;
    try (Bench bench = new Bench(state)) {
      bench.apply(1, effective, SLO);
      Stream stream = new Stream(bench, oracle, minutes, new Lanes(random));
      for (int second = 1; second <= SECONDS; second++) {
        String place = "seed " + seed + ", second " + second;
        bench.pass(Duration.ofSeconds(1));
        if (second % 10 == 0) {
          oracle.boundary(bench.now().toEpochMilli());
        }
        told += compareChanges(bench, oracle, place);
        stream.second(second);
        told += compareChanges(bench, oracle, place);
      }
      bench.pass(Duration.ofSeconds(10 - SECONDS % 10));
      oracle.boundary(bench.now().toEpochMilli());
      compareStatuses(bench, oracle, "seed " + seed);
      compareLedger(bench, minutes, "seed " + seed);
    }
    assertThat(told).as("the stream of seed %d pages at all", seed).isGreaterThan(2);
  }

  /** What happened, late, in any order of regions and partitions: the page is what was owed. */
  @ParameterizedTest
  @ValueSource(longs = {12, 13, 14})
  void whatAnOutageHidIsJudgedWhenItIsCounted(long seed) {
    Instant effective = Bench.START.minusSeconds(7_200);
    Random random = new Random(seed);
    Oracle oracle = new Oracle(SLO, effective.toEpochMilli());
    try (Bench bench = new Bench(state)) {
      bench.apply(1, effective, SLO);
      Lanes lanes = new Lanes(random);
      Stream stream = new Stream(bench, oracle, new HashMap<>(), lanes);
      int from = 100 + random.nextInt(200);
      int to = from + 40 + random.nextInt(300);
      for (int second = 1; second <= SECONDS; second++) {
        lanes.speed = second < from || second >= to ? 1 + random.nextInt(40) : 0;
        bench.pass(Duration.ofSeconds(1));
        if (second % 10 == 0) {
          oracle.boundary(bench.now().toEpochMilli());
        }
        stream.second(second);
        lanes.deliver();
        compareChanges(bench, oracle, "seed " + seed + ", second " + second);
      }
    }
    assertThat(oracle.missed()).as("seed %d needs hindsight", seed).isPositive();
  }

  private static int compareChanges(Bench bench, Oracle oracle, String place) {
    List<String> engine = new ArrayList<>();
    for (BurnRecord.Change change : bench.changes()) {
      engine.add(change.scope() + "/" + change.policy().name() + "/" + change.state());
    }
    List<String> expected = oracle.told();
    // A frozen alert is told again when the set of its regions changes; the oracle names states.
    engine.removeIf(told -> told.endsWith("FROZEN") && !expected.contains(told));
    assertThat(engine).as(place).containsExactlyInAnyOrderElementsOf(expected);
    return expected.size();
  }

  private static void compareStatuses(Bench bench, Oracle oracle, String place) {
    Map<String, SloStatus> last = new HashMap<>();
    bench.statuses().forEach(status -> last.put(status.scope(), status));
    assertThat(last.keySet()).as(place).containsExactlyInAnyOrderElementsOf(oracle.scopes());
    for (String scope : oracle.scopes()) {
      SloStatus status = last.get(scope);
      long[] period = oracle.sum(scope, SLO.period());
      long[] run = oracle.everything(scope);
      String as = place + ", " + scope;
      assertThat(status.total() - status.good()).as(as).isEqualTo(period[0]);
      assertThat(status.total()).as(as).isEqualTo(period[1]);
      assertThat(status.runTotal() - status.runGood()).as(as).isEqualTo(run[0]);
      assertThat(status.runTotal()).as(as).isEqualTo(run[1]);
      for (SloStatus.Burn burn : status.burns()) {
        BurnPolicy policy =
            SLO.policies().stream()
                .filter(p -> p.name().equals(burn.policy()))
                .findFirst()
                .orElseThrow();
        assertThat(
                burn.longBurn() != null
                    && burn.shortBurn() != null
                    && burn.longBurn().compareTo(policy.factor()) > 0
                    && burn.shortBurn().compareTo(policy.factor()) > 0)
            .as(as + ", " + policy.name())
            .isEqualTo(oracle.holds(scope, policy));
      }
    }
  }

  private static void compareLedger(Bench bench, Map<Long, long[]> minutes, String place) {
    Map<Long, long[]> engine = new HashMap<>();
    for (LedgerDelta delta : bench.ledger()) {
      long[] sum = engine.computeIfAbsent(delta.minuteStart().getEpochSecond(), m -> new long[2]);
      sum[0] += delta.total() - delta.good();
      sum[1] += delta.total();
    }
    assertThat(engine).as(place).containsExactlyInAnyOrderEntriesOf(minutes);
  }

  /** Draws a stream and shows it to both. */
  private record Stream(Bench bench, Oracle oracle, Map<Long, long[]> minutes, Lanes lanes) {

    void second(int second) {
      for (int r = 0; r < REGIONS.size(); r++) {
        String region = REGIONS.get(r);
        boolean silent = (second / 90 + r) % 7 == 3;
        if (!silent) {
          report(region);
        }
        if (!silent && lanes.random.nextInt(3) > 0) {
          batch(region, second, r);
        }
      }
    }

    private void report(String region) {
      for (int partition = 0; partition < 2; partition++) {
        Instant at = bench.now().minusMillis(lanes.random.nextInt(900));
        int p = partition;
        lanes.add(
            region + partition,
            () -> {
              bench.send(bench.progress(region, p, 2, at, false));
              oracle.progress(region, p, at.toEpochMilli());
            });
      }
    }

    private void batch(String region, int second, int r) {
      boolean burning = (second / 140 + r) % 4 == 1;
      Instant appendedAt = bench.now().minusMillis(lanes.random.nextInt(200));
      Cell[] cells = new Cell[1 + lanes.random.nextInt(3)];
      for (int i = 0; i < cells.length; i++) {
        long total = 1 + lanes.random.nextInt(200);
        long bad = burning ? lanes.random.nextLong(total / 3 + 1) : lanes.random.nextInt(40) / 39;
        cells[i] = new Cell(slice(appendedAt), total - bad, total);
      }
      boolean repeated = lanes.random.nextInt(5) == 0;
      lanes.add(
          region + lanes.random.nextInt(2), () -> deliver(region, appendedAt, cells, repeated));
    }

    private void deliver(String region, Instant appendedAt, Cell[] cells, boolean repeated) {
      CountRecord.Counts counts = bench.counts(SLO.id(), 1, region, appendedAt, cells);
      bench.send(counts);
      for (Cell cell : cells) {
        oracle.counts(
            region, appendedAt.toEpochMilli(), cell.sliceStartSeconds(), cell.good(), cell.total());
        long minute = Math.floorDiv(cell.sliceStartSeconds(), 60) * 60;
        long[] sum = minutes.computeIfAbsent(minute, m -> new long[2]);
        sum[0] += cell.total() - cell.good();
        sum[1] += cell.total();
      }
      oracle.decideAfterBatch(region);
      if (repeated) {
        bench.send(counts);
      }
    }

    /** Mostly now; sometimes late by seconds to days, or some seconds ahead. */
    private long slice(Instant appendedAt) {
      long late =
          switch (lanes.random.nextInt(12)) {
            case 0 -> lanes.random.nextInt(300);
            case 1 -> lanes.random.nextInt(10_800);
            case 2 -> lanes.random.nextInt(300_000);
            case 3 -> -lanes.random.nextInt(60);
            default -> lanes.random.nextInt(3);
          };
      return Math.floorDiv(appendedAt.getEpochSecond() - late, 10) * 10;
    }
  }

  /** What the partitions of the regions hold back; a lane keeps its order, and has its own pace. */
  private static final class Lanes {

    private final Map<String, Deque<Runnable>> waiting = new TreeMap<>();
    private final Random random;
    private int speed = Integer.MAX_VALUE;

    Lanes(Random random) {
      this.random = random;
    }

    void add(String lane, Runnable record) {
      if (speed == Integer.MAX_VALUE) {
        record.run();
      } else {
        waiting.computeIfAbsent(lane, l -> new ArrayDeque<>()).add(record);
      }
    }

    void deliver() {
      for (Deque<Runnable> lane : waiting.values()) {
        int records = speed == 0 ? 0 : 1 + random.nextInt(speed);
        for (int i = 0; i < records && !lane.isEmpty(); i++) {
          lane.remove().run();
        }
      }
    }
  }
}
