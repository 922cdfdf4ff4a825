// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord.Change;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.Slo;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An alert that waits opens at the boundary at which its condition has held for so long, whatever
 * the engine went through. The truth is summed again at every boundary.
 */
class AlertAfterTest {

  private static final List<String> REGIONS = List.of("ap", "eu");
  private static final String GLOBAL = "global";
  private static final int SECONDS = 2_400;
  private static final int STEP = 10;
  private static final BurnPolicy WAITS = policy(60, "3", 90);
  private static final BurnPolicy LONGER = policy(120, "2", 300);
  private static final Slo SLO =
      Bench.slo("checkout", 1, "0.9", Duration.ofHours(1), WAITS, LONGER, policy(60, "5", 0));

  @TempDir Path state;

  private final Map<String, TreeMap<Integer, long[]>> cells = new HashMap<>();
  private final Map<String, List<String>> told = new TreeMap<>();
  private final Set<String> open = new HashSet<>();
  private long seq;

  /** Every boundary, over a restart at any record, and with the log up to 80 s behind the clock. */
  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34})
  void opensAtTheBoundaryThatEndsTheWait(long seed) {
    Random random = new Random(seed);
    Revived engine = new Revived(state, START.minusSeconds(7_200), SLO);
    List<CountRecord> backlog = new ArrayList<>();
    for (int second = 1; second <= SECONDS; second++) {
      engine.tick(START.plusSeconds(second));
      boolean down = second % 500 > 420 && seed % 2 == 0;
      backlog.addAll(second(second, random));
      while (!down && !backlog.isEmpty()) {
        engine.send(backlog.removeFirst());
        if (random.nextInt(300) == 0) {
          engine.die();
        }
      }
      hear(engine.changes());
    }
    int fired = 0;
    for (BurnPolicy policy : List.of(WAITS, LONGER)) {
      for (String scope : List.of("ap", "eu", GLOBAL)) {
        String key = scope + "/" + policy.name();
        List<String> seen = told.getOrDefault(key, List.of());
        assertThat(seen).as("seed %d: %s", seed, key).isEqualTo(expected(scope, policy, seen));
        fired += seen.size();
      }
    }
    assertThat(fired).isGreaterThan(8);
    assertThat(told).containsKey(GLOBAL + "/at-once-60");
  }

  /** What lies between two boundaries at which it held is taken to have held. */
  @Test
  void aSilenceEndsNoWait() {
    Revived engine = new Revived(state, START.minusSeconds(7_200), SLO);
    for (int second = 1; second <= 200; second++) {
      engine.tick(START.plusSeconds(second));
      if (second <= 40 || second > 60) {
        engine.send(counts("eu", second, 10, 10));
        engine.send(progress("eu", second));
      }
      hear(engine.changes());
    }
    // The slice of 0 s is over at 10 s: 90 s later the wait is.
    assertThat(told.get("eu/after-60")).containsExactly("FIRING 100");
  }

  /** One good slice begins it anew. */
  @Test
  void aBoundaryAtWhichItDoesNotHoldBeginsItAnew() {
    Revived engine = new Revived(state, START.minusSeconds(7_200), SLO);
    for (int second = 1; second <= 400; second++) {
      engine.tick(START.plusSeconds(second));
      boolean good = second >= 70 && second < 80;
      engine.send(counts("eu", second, good ? 0 : 10, good ? 1_000 : 10));
      engine.send(progress("eu", second));
      hear(engine.changes());
    }
    // 1,000 good ones are in the last minute from 80 s to 130 s.
    assertThat(told.get("eu/after-60")).containsExactly("FIRING 230");
  }

  @Test
  void whatIsGoneWaitsForNothing() {
    Revived engine = new Revived(state, START.minusSeconds(7_200), SLO);
    for (int second = 1; second <= 90; second++) {
      engine.tick(START.plusSeconds(second));
      engine.send(counts("eu", second, 10, 10));
      engine.send(progress("eu", second));
    }
    assertThat(engine.waits()).isEqualTo(4);
    engine.withdraw(START.plusSeconds(90));
    engine.tick(START.plusSeconds(100));
    assertThat(engine.waits()).isZero();
  }

  /** Since when it held, nobody knows who was not asked. */
  @Test
  void aPolicyThatWasAwayWaitsAnew() {
    Revived engine = new Revived(state, START.minusSeconds(7_200), SLO);
    for (int second = 1; second <= 50; second++) {
      engine.tick(START.plusSeconds(second));
      engine.send(counts("eu", second, 10, 10));
      engine.send(progress("eu", second));
    }
    Slo atOnce = Bench.slo("checkout", 1, "0.9", Duration.ofHours(1), policy(60, "5", 0));
    engine.apply(2, START.plusSeconds(50), atOnce);
    for (int second = 51; second <= 900; second++) {
      engine.tick(START.plusSeconds(second));
      engine.send(counts("eu", second, 0, 10));
      engine.send(progress("eu", second));
      if (second == 60) {
        engine.die();
      }
    }
    assertThat(engine.waits()).isZero();
    engine.apply(3, START.plusSeconds(900), SLO);
    for (int second = 901; second <= 1_100; second++) {
      engine.tick(START.plusSeconds(second));
      engine.send(counts("eu", second, 10, 10));
      engine.send(progress("eu", second));
      hear(engine.changes());
    }
    assertThat(told.get("eu/after-60").getFirst()).isNotEqualTo("FIRING 910");
  }

  private static BurnPolicy policy(int seconds, String factor, int after) {
    Duration window = Duration.ofSeconds(seconds);
    return new BurnPolicy(
        (after > 0 ? "after-" : "at-once-") + seconds,
        window,
        window,
        new BigDecimal(factor),
        BurnPolicy.Severity.PAGE,
        false,
        after);
  }

  private List<CountRecord> second(int second, Random random) {
    List<CountRecord> records = new ArrayList<>();
    for (String region : REGIONS) {
      boolean burning = (second / 170 + region.hashCode()) % 3 == 0;
      long total = 1 + random.nextInt(20);
      long bad = burning ? random.nextLong(total + 1) : random.nextInt(30) == 0 ? 1 : 0;
      records.add(counts(region, second, bad, total));
      records.add(progress(region, second));
    }
    return records;
  }

  private Counts counts(String region, int second, long bad, long total) {
    int slice = second / STEP * STEP;
    long[] cell =
        cells
            .computeIfAbsent(region, r -> new TreeMap<>())
            .computeIfAbsent(slice, s -> new long[2]);
    cell[0] += bad;
    cell[1] += total;
    Cell counted = new Cell(START.getEpochSecond() + slice, total - bad, total);
    Instant at = START.plusSeconds(second);
    return new Counts(SLO.id(), 1, region, at, List.of(counted), 0, "0_0", ++seq);
  }

  private CompleteTo progress(String region, int second) {
    Instant at = START.plusSeconds(second);
    return new CompleteTo(region, 0, 1, at, at.minusSeconds(30), false, "0_0", ++seq);
  }

  private void hear(List<Change> changes) {
    for (Change change : changes) {
      String key = change.scope() + "/" + change.policy().name();
      boolean news =
          change.state() == State.FIRING
              ? open.add(key)
              : change.state() == State.RESOLVED && open.remove(key);
      if (news) {
        told.computeIfAbsent(key, k -> new ArrayList<>())
            .add(change.state() + " " + Duration.between(START, change.at()).toSeconds());
      }
    }
  }

  /** Opened by the truth; when it was over, which any policy decides alike, is taken as told. */
  private List<String> expected(String scope, BurnPolicy policy, List<String> seen) {
    List<String> expected = new ArrayList<>();
    List<Integer> over = new ArrayList<>();
    seen.stream()
        .filter(each -> each.startsWith("RESOLVED"))
        .forEach(each -> over.add(Integer.parseInt(each.split(" ")[1])));
    int since = -1;
    int closed = 0;
    for (int boundary = STEP; boundary <= SECONDS; boundary += STEP) {
      if (boundary <= closed) {
        continue;
      }
      since = !holds(scope, policy, boundary) ? -1 : since < 0 ? boundary : since;
      if (since >= 0 && boundary - since >= policy.afterSeconds()) {
        expected.add("FIRING " + boundary);
        since = -1;
        if (over.isEmpty()) {
          break;
        }
        closed = over.removeFirst();
        expected.add("RESOLVED " + closed);
      }
    }
    return expected;
  }

  private boolean holds(String scope, BurnPolicy policy, int boundary) {
    long bad = 0;
    long total = 0;
    for (String region : scope.equals(GLOBAL) ? REGIONS : List.of(scope)) {
      int from = boundary - (int) policy.longWindow().toSeconds();
      for (long[] cell :
          cells.getOrDefault(region, new TreeMap<>()).subMap(from, boundary).values()) {
        bad += cell[0];
        total += cell[1];
      }
    }
    BigDecimal limit = policy.factor().multiply(SLO.budget()).multiply(BigDecimal.valueOf(total));
    return total > 0 && BigDecimal.valueOf(bad).compareTo(limit) > 0;
  }
}
