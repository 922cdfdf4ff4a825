// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord.Change;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
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
 * Through an outage the engine pages for what it would have paged for without one. The truth is an
 * oracle that had no outage: a page is owed where a policy holds in each second of 10 s.
 */
class OwedPageTest {

  private static final List<String> REGIONS = List.of("ap", "eu", "us");
  private static final int SECONDS = 700;
  private static final int OUTAGE_FROM = 100;
  private static final Slo SLO =
      Bench.slo(
          "checkout",
          1,
          "0.99",
          Duration.ofHours(1),
          Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10"),
          Bench.policy(Duration.ofMinutes(10), Duration.ofMinutes(1), "5"));

  @TempDir Path state;

  private final Map<String, BitSet> truth = new HashMap<>();
  private final Map<String, BitSet> heldAtStart = new HashMap<>();
  private final Map<String, BitSet> open = new HashMap<>();
  private final Map<String, List<Integer>> fired = new HashMap<>();
  private final Map<String, Deque<Runnable>> lanes = new TreeMap<>();
  private int hindsight;

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void everyOwedPageIsToldAndNoneTwice(long seed) {
    Random random = new Random(seed);
    Instant effective = Bench.START.minusSeconds(7_200);
    Oracle oracle = new Oracle(SLO, effective.toEpochMilli());
    int outageTo = OUTAGE_FROM + 60 + random.nextInt(240);
    try (Bench bench = new Bench(state)) {
      bench.apply(1, effective, SLO);
      for (int second = 1; second <= SECONDS; second++) {
        bench.pass(Duration.ofSeconds(1));
        boolean down = second >= OUTAGE_FROM && second < outageTo;
        hear(bench, second);
        happen(bench, oracle, second, random);
        for (Deque<Runnable> lane : lanes.values()) {
          for (int i = down ? 0 : 5 + random.nextInt(20); i > 0 && !lane.isEmpty(); i--) {
            lane.remove().run();
          }
        }
        hear(bench, second);
      }
    }
    compare("seed " + seed);
    assertThat(hindsight).as("seed %d: a page that only hindsight told", seed).isPositive();
  }

  /** Traffic of one second, and whether each policy holds in it. */
  private void happen(Bench bench, Oracle oracle, int second, Random random) {
    Instant now = bench.now();
    Map<String, Boolean> before = holds(oracle, now);
    for (int r = 0; r < REGIONS.size(); r++) {
      String region = REGIONS.get(r);
      boolean burning = (second / 37 + 2 * r) % 5 == 1;
      for (int p = 0; p < 2; p++) {
        int partition = p;
        long total = 5 + random.nextInt(30);
        long bad = burning ? random.nextLong(total + 1) : 0;
        Cell cell = new Cell(Math.floorDiv(now.getEpochSecond(), 10) * 10, total - bad, total);
        Deque<Runnable> lane = lanes.computeIfAbsent(region + p, l -> new ArrayDeque<>());
        lane.add(() -> bench.send(bench.counts(SLO.id(), 1, region, now, cell)));
        lane.add(() -> bench.send(bench.progress(region, partition, 2, now, false)));
        oracle.counts(
            region, now.toEpochMilli(), cell.sliceStartSeconds(), cell.good(), cell.total());
        oracle.progress(region, p, now.toEpochMilli());
      }
    }
    before.forEach(
        (key, holds) -> heldAtStart.computeIfAbsent(key, k -> new BitSet()).set(second, holds));
    Map<String, Boolean> after = holds(oracle, now);
    after.forEach(
        (key, holds) -> {
          if (holds && before.getOrDefault(key, false)) {
            truth.computeIfAbsent(key, k -> new BitSet()).set(second);
          }
        });
  }

  private static Map<String, Boolean> holds(Oracle oracle, Instant now) {
    oracle.passTo(now.toEpochMilli());
    Map<String, Boolean> holds = new HashMap<>();
    for (String scope : oracle.scopes()) {
      for (BurnPolicy policy : SLO.policies()) {
        holds.put(scope + "/" + policy.name(), oracle.holds(scope, policy));
      }
    }
    return holds;
  }

  /** Marks the seconds in which an alert was open, from the instant that it was told for. */
  private void hear(Bench bench, int second) {
    for (Change change : bench.changes()) {
      String key = change.scope() + "/" + change.policy().name();
      int at = (int) Duration.between(Bench.START, change.at()).toSeconds();
      BitSet seconds = open.computeIfAbsent(key, k -> new BitSet());
      if (change.state() == State.RESOLVED) {
        seconds.clear(at, SECONDS + 1);
      } else if (change.state() == State.FIRING && !seconds.get(SECONDS)) {
        seconds.set(at, SECONDS + 1);
        fired.computeIfAbsent(key, k -> new ArrayList<>()).add(at);
        if (second - at > 10) {
          hindsight++;
          assertThat(heldAtStart.getOrDefault(key, new BitSet()).get(at))
              .as("%s at %d, told at %d, is true", key, at, second)
              .isTrue();
        }
      }
    }
  }

  private void compare(String place) {
    truth.forEach(
        (key, holds) -> {
          for (int from = holds.nextSetBit(0); from >= 0; ) {
            int to = holds.nextClearBit(from);
            BitSet told = open.getOrDefault(key, new BitSet()).get(from, to);
            if (to - from > 10) {
              assertThat(told.isEmpty())
                  .as("%s: %s is owed %d..%d", place, key, from, to)
                  .isFalse();
            }
            int first = from;
            assertThat(fired.getOrDefault(key, List.of()))
                .as("%s: %s is told once in %d..%d", place, key, from, to)
                .filteredOn(at -> at >= first && at < to)
                .hasSizeLessThanOrEqualTo(1);
            from = holds.nextSetBit(to);
          }
        });
  }
}
