// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Budgets that slices spend, as brute force counts them. */
class SlicesTest {

  private static final int SECONDS = 1_500;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final BigDecimal TARGET = new BigDecimal("0.99");

  @TempDir Path state;

  static Stream<Arguments> methods() {
    return Stream.of(
        Arguments.of(1, new Budgeting.Timeslices(MINUTE, new BigDecimal("0.95"))),
        Arguments.of(2, new Budgeting.Timeslices(Duration.ofMinutes(2), new BigDecimal("0.9"))),
        Arguments.of(3, new Budgeting.RatioTimeslices(MINUTE)),
        Arguments.of(4, new Budgeting.RatioTimeslices(Duration.ofMinutes(3))));
  }

  /** Late, repeated and reordered counts; regions that are silent for 90 s and come back. */
  @ParameterizedTest
  @MethodSource("methods")
  void everySliceIsTheOracles(long seed, Budgeting.Sliced method) {
    Slo slo = slo(method);
    Instant effective = Bench.START.minusSeconds(7_215);
    Oracle counted = new Oracle(slo, effective.toEpochMilli());
    SliceOracle oracle = oracle(counted, effective, method);
    int compared = 0;
    List<BurnRecord.Change> told = new ArrayList<>();
    try (Bench bench = new Bench(state)) {
      bench.apply(1, effective, slo);
      Lanes lanes = new Lanes(new Random(seed));
      RandomStream stream = new RandomStream(slo, bench, counted, new HashMap<>(), lanes);
      for (int second = 1; second <= SECONDS; second++) {
        bench.pass(Duration.ofSeconds(1));
        List<SloStatus> statuses = bench.statuses();
        if (heardAll(second)) {
          compared += compare(statuses, oracle, "seed " + seed + ", second " + second);
        }
        told.addAll(bench.changes());
        stream.second(second);
      }
    }
    assertThat(compared).isGreaterThan(100);
    assertThat(told).extracting(BurnRecord.Change::state).contains(State.FIRING, State.RESOLVED);
  }

  /** No region is silent, or was in the last 25 s: all were judged since. */
  private static boolean heardAll(int second) {
    return second > 60
        && Stream.of(0, 1, 2)
            .allMatch(
                r -> (second / 90 + r) % 7 != 3 && (Math.max(0, second - 25) / 90 + r) % 7 != 3);
  }

  private static int compare(List<SloStatus> statuses, SliceOracle oracle, String place) {
    int spent = 0;
    for (SloStatus status : statuses) {
      String as = place + ", " + status.scope();
      long slice = oracle.slice().toMillis();
      long judgedTo = Math.floorDiv(status.asOf().toEpochMilli() + 1, slice) * slice;
      BigDecimal bad = oracle.bad(status.scope(), judgedTo - DAY.toMillis(), judgedTo);
      BigDecimal allowed =
          new BigDecimal("0.01").multiply(BigDecimal.valueOf(DAY.toMillis() / slice));
      assertThat(status.slices().bad()).as(as).isEqualByComparingTo(bad);
      assertThat(status.slices().allowed()).as(as).isEqualByComparingTo(allowed);
      assertThat(status.budgetSpent())
          .as(as)
          .isEqualByComparingTo(bad.divide(allowed, 9, RoundingMode.HALF_UP));
      for (SloStatus.Burn burn : status.burns()) {
        BurnPolicy policy = policy(burn.policy());
        assertThat(burn.longBurn())
            .as(as)
            .isEqualByComparingTo(burn(oracle, status.scope(), policy.longWindow(), judgedTo));
        assertThat(burn.shortBurn())
            .as(as)
            .isEqualByComparingTo(burn(oracle, status.scope(), policy.shortWindow(), judgedTo));
      }
      spent += bad.signum();
    }
    return spent;
  }

  private static BigDecimal burn(SliceOracle oracle, String scope, Duration window, long to) {
    BigDecimal bad = oracle.bad(scope, to - window.toMillis(), to);
    BigDecimal slices = BigDecimal.valueOf(window.toMillis() / oracle.slice().toMillis());
    return bad.divide(new BigDecimal("0.01").multiply(slices), 9, RoundingMode.HALF_UP);
  }

  /** One bad minute of ten spends a slice, whatever its traffic; a minute without any is good. */
  @Test
  void aBadMinuteSpendsOneSliceHoweverSmall() {
    Slo slo = slo(new Budgeting.Timeslices(MINUTE, new BigDecimal("0.95")));
    try (Bench bench = new Bench(state)) {
      bench.apply(1, Bench.START.minusSeconds(3_600), slo);
      for (int minute = 0; minute < 10; minute++) {
        long total = minute == 4 ? 2 : minute == 7 ? 0 : 1_000;
        if (total > 0) {
          Cell cell = new Cell(bench.now().getEpochSecond(), minute == 4 ? 1 : total, total);
          bench.send(bench.counts(slo.id(), 1, "eu", bench.now(), cell));
        }
        pass(bench, 60);
      }
      pass(bench, 60);
      SloStatus last = last(bench.statuses(), SloStatus.GLOBAL);
      assertThat(last.slices().bad()).isEqualByComparingTo("1");
      assertThat(last.slices().allowed()).isEqualByComparingTo("14.4");
      assertThat(last.total() - last.good()).isEqualTo(1);
      assertThat(last.budgetSpent()).isEqualByComparingTo("0.069444444");
    }
  }

  /** A verdict is of all that came, also after it: one that was bad is good again. */
  @Test
  void whatComesLateChangesTheVerdict() {
    Slo slo = slo(new Budgeting.Timeslices(MINUTE, new BigDecimal("0.95")));
    try (Bench bench = new Bench(state)) {
      bench.apply(1, Bench.START.minusSeconds(3_600), slo);
      long slice = bench.now().getEpochSecond();
      bench.send(bench.counts(slo.id(), 1, "eu", bench.now(), new Cell(slice, 8, 10)));
      pass(bench, 180);
      assertThat(last(bench.statuses(), "eu").slices().bad()).isEqualByComparingTo("1");
      bench.send(bench.counts(slo.id(), 1, "eu", bench.now(), new Cell(slice + 20, 90, 90)));
      pass(bench, 10);
      for (String scope : List.of("eu", SloStatus.GLOBAL)) {
        SloStatus status = last(bench.statuses(), scope);
        assertThat(status.slices().bad()).isEqualByComparingTo("0");
        assertThat(status.total()).isEqualTo(100);
        bench.send(bench.counts(slo.id(), 1, "eu", bench.now(), new Cell(slice + 20, 0, 0)));
        pass(bench, 1);
      }
    }
  }

  /** What a task forgets when it dies is in its store. */
  @Test
  void aRevivedTaskKnowsEveryVerdict() {
    Slo slo = slo(new Budgeting.RatioTimeslices(MINUTE));
    Instant start = Bench.START;
    Revived task = new Revived(state, start.minusSeconds(3_600), slo);
    try (Bench records = new Bench(state.resolve("records"))) {
      Instant now = start;
      task.tick(now.minusSeconds(1));
      for (int second = 0; second < 3_000; second += 10) {
        now = start.plusSeconds(second);
        boolean bad = second % 600 == 300;
        Cell cell = new Cell(now.getEpochSecond(), bad ? 0 : 9, 9);
        task.send(records.counts(slo.id(), 1, "eu", now, cell));
        task.send(records.progress("eu", 0, 1, now, false));
        task.tick(now);
        if (second % 700 == 0) {
          task.die();
        }
      }
      SloStatus last = last(task.sent(ObjectiveTopics.SLO_STATUS, SloStatus.class).toList(), "eu");
      // Of each bad minute one of six cells; those at 300, 900, 1500, 2100 and 2700 s are judged.
      BigDecimal sixth = BigDecimal.ONE.divide(BigDecimal.valueOf(6), 12, RoundingMode.DOWN);
      assertThat(last.slices().bad()).isEqualByComparingTo(sixth.multiply(BigDecimal.valueOf(5)));
    }
  }

  private static void pass(Bench bench, int seconds) {
    for (int second = 0; second < seconds; second++) {
      bench.send(bench.progress("eu", 0, 1, bench.now(), false));
      bench.pass(Duration.ofSeconds(1));
    }
  }

  private static SloStatus last(List<SloStatus> statuses, String scope) {
    Map<String, SloStatus> last = new HashMap<>();
    statuses.forEach(status -> last.put(status.scope(), status));
    return last.get(scope);
  }

  private static SliceOracle oracle(Oracle counted, Instant effective, Budgeting.Sliced method) {
    return new SliceOracle(
        counted,
        effective.toEpochMilli(),
        method.slice(),
        method instanceof Budgeting.Timeslices slices
            ? Optional.of(slices.sliceTarget())
            : Optional.empty());
  }

  private static final List<BurnPolicy> POLICIES =
      List.of(
          Bench.policy(Duration.ofMinutes(12), Duration.ofMinutes(6), "2"),
          Bench.policy(Duration.ofHours(6), Duration.ofMinutes(12), "1"));

  private static BurnPolicy policy(String name) {
    return POLICIES.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static Slo slo(Budgeting method) {
    BurnPolicy[] policies = POLICIES.toArray(BurnPolicy[]::new);
    return Bench.sliced(method, Bench.slo("checkout", 1, TARGET.toPlainString(), DAY, policies));
  }
}
