// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random streams with late, repeated, reordered and missing records and silent regions: each
 * decision, each window and each sum is the oracle's.
 */
class OracleTest {

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
      RandomStream stream = new RandomStream(SLO, bench, oracle, minutes, new Lanes(random));
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
      RandomStream stream = new RandomStream(SLO, bench, oracle, new HashMap<>(), lanes);
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
      long[] period = oracle.period(scope);
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
}
