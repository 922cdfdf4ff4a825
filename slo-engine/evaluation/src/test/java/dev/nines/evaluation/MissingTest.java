// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.CHECKOUT;
import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected events that do not come, of an objective that says they are bad. */
class MissingTest extends VanishedScenario {

  private final TreeMap<Instant, Long> missing = new TreeMap<>();

  private void bad() {
    bench.apply(2, START.minus(Duration.ofDays(9)), Bench.missingIsBad(SLO));
  }

  /**
   * 600 a minute are usual. 60 come in minutes 70 to 79; of 80 and 81 all, in 82 the alert ends.
   */
  @Test
  void whatDidNotComeIsSpentInStatusAndLedger() {
    bad();
    run(70, USUAL);
    run(10, second -> 60, "eu");
    run(6, USUAL);
    Map<Instant, Long> missing = missing();
    Map<Instant, Long> owed = new TreeMap<>();
    IntStream.range(70, 80).forEach(minute -> owed.put(minute(minute), 540L));
    assertThat(missing).isEqualTo(owed);
    SloStatus status = status();
    assertThat(status.scope()).isEqualTo(SloStatus.GLOBAL);
    assertThat(status.missing()).isEqualTo(5_400);
    assertThat(status.total() - status.missing()).isEqualTo(status.runTotal());
    assertThat(status.good()).isEqualTo(status.runTotal());
    assertThat(status.quality()).contains("missing");
    assertThat(status.budgetSpent())
        .as("5,400 of 1 % of 51,600")
        .isEqualByComparingTo("10.465116279");
    assertThat(bench.changes()).as("burns are not fed").isEmpty();
  }

  @Test
  void neutralIsNotSpent() {
    run(70, USUAL);
    run(10, second -> 60, "eu");
    assertThat(missing()).isEmpty();
    SloStatus status = status();
    assertThat(status.missing()).isZero();
    assertThat(status.total()).isEqualTo(status.runTotal());
    assertThat(status.quality()).doesNotContain("missing");
  }

  @Test
  void whatComesLateIsMissedLess() {
    bad();
    run(70, USUAL);
    run(10, second -> 60, "eu");
    late(minute(72), 40);
    late(minute(73), 10_000);
    assertThat(missing())
        .containsEntry(minute(71), 540L)
        .containsEntry(minute(72), 500L)
        .containsEntry(minute(73), 0L);
    assertThat(status().missing()).as("of minutes 70 to 78").isEqualTo(7 * 540 + 500);
    run(7 * 60, second -> 60, "eu");
    late(minute(72), 100);
    assertThat(missing())
        .as("long after the ladder has no such minutes")
        .containsEntry(minute(72), 400L);
  }

  /** Eight regions of 90 in five minutes each: too few to judge by, and 720 together. */
  @Test
  void whatOnlyAllRegionsTogetherMissIsOfTheirRegions() {
    bad();
    String[] small = IntStream.range(0, 8).mapToObj(i -> "r" + i).toArray(String[]::new);
    run(70, second -> 18, small);
    run(8, second -> 0, small);
    assertThat(bench.vanished()).extracting(told -> told.scope()).containsExactly("global");
    List<LedgerDelta> deltas = deltas();
    assertThat(deltas).extracting(LedgerDelta::scope).contains(small);
    assertThat(deltas).extracting(LedgerDelta::missing).containsOnly(18L);
    assertThat(status().missing()).isEqualTo(deltas.size() * 18L);
    assertThat(deltas.size()).isEqualTo(8 * 7);
  }

  /** Of 6,000 a minute none come; the small region beside has what it always has. */
  @Test
  void aRegionThatServesAsEverLacksNothing() {
    bad();
    run(70, second -> 6_000, second -> 300);
    run(10, second -> 0, second -> 270);
    assertThat(bench.vanished()).extracting(told -> told.scope()).containsExactly("eu", "global");
    assertThat(deltas()).extracting(LedgerDelta::scope).containsOnly("eu");
  }

  /** The first is gone for two hours, and the second has its worst minutes at their end. */
  @Test
  void aDipUnderAnAlertOfAllIsThatDipAlone() {
    bad();
    run(70, second -> 6_000, second -> 300);
    run(120, second -> 0, second -> 240);
    run(10, second -> 0, second -> 120);
    List<LedgerDelta> dip = deltas().stream().filter(delta -> delta.scope().equals("us")).toList();
    assertThat(dip).isNotEmpty();
    assertThat(dip)
        .as("the five minutes that have under half, and those after them")
        .allSatisfy(
            delta -> assertThat(delta.minuteStart()).isAfterOrEqualTo(minute(70 + 120 - 2)));
    assertThat(dip.stream().mapToLong(LedgerDelta::missing).sum())
        .isLessThan(10 * 180 + 2 * 60 + 1);
  }

  /** Nothing is lost by division, wherever the five minutes begin. */
  @Test
  void whatIsExpectedInFiveMinutesIsExpectedInAnyFive() {
    for (long expected : new long[] {0, 3, 7, 3_000, Long.MAX_VALUE}) {
      for (long start = -600; start <= 600; start += 60) {
        long sum = 0;
        for (int i = 0; i < 5; i++) {
          sum += MissingMinute.of(start + 60L * i, expected, 0).missing();
        }
        assertThat(sum).isEqualTo(expected);
      }
    }
  }

  @Test
  void whatWasBadBeforeTheAlertOpenedIsBad() {
    bench.apply(2, START.minus(Duration.ofDays(9)), Bench.missingIsBad(SLO));
    bench.apply(3, minute(74), SLO);
    run(70, USUAL);
    run(10, 0);
    assertThat(missing().keySet())
        .containsExactlyElementsOf(IntStream.range(70, 74).mapToObj(i -> minute(i)).toList());
  }

  /** It left for half an hour while its alert was open: with one partition as with four. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void whatIsNotMeasuredAfterAGoodbyeIsNotMissed(int partitions) {
    bad();
    runPartitions(70, USUAL, partitions);
    runPartitions(8, 0, partitions);
    for (int partition = 0; partition < partitions; partition++) {
      bench.send(bench.progress("eu", partition, partitions, bench.now(), true));
    }
    silence(1_800);
    runPartitions(10, 0, partitions);
    assertThat(missing().keySet()).noneMatch(m -> m.isAfter(minute(78)) && m.isBefore(minute(107)));
    assertThat(missing().keySet()).contains(minute(76), minute(110));
  }

  private void runPartitions(int minutes, int perMinute, int partitions) {
    run(
        minutes * 6,
        before -> {
          count("eu", before, perMinute / 6);
          for (int partition = 0; partition < partitions; partition++) {
            bench.send(bench.progress("eu", partition, partitions, bench.now(), false));
          }
        });
  }

  @Test
  void whatAnObjectiveSaysHoldsFromThenOn() {
    run(70, USUAL);
    run(10, 0);
    bench.apply(2, minute(82), Bench.missingIsBad(SLO));
    run(10, 0);
    bench.apply(3, minute(92), SLO);
    run(10, 0);
    assertThat(missing().keySet())
        .containsExactlyElementsOf(IntStream.range(82, 92).mapToObj(i -> minute(i)).toList());
  }

  @Test
  void anUnmeasuredMinuteIsNotMissed() {
    bad();
    run(70, USUAL);
    run(7, 0);
    int before = missing().size();
    silence(180);
    run(10, 0);
    assertThat(bench.vanished().getFirst().scope()).isEqualTo("eu");
    assertThat(missing().keySet()).doesNotContain(minute(78), minute(79)).contains(minute(86));
    assertThat(before).isEqualTo(6);
  }

  @Test
  void minutesLeaveWithThePeriodAndStayInTheLedger() {
    Slo hour =
        Bench.slo(
            "checkout",
            1,
            "0.99",
            Duration.ofHours(1),
            Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10"));
    bench.apply(2, START.minus(Duration.ofDays(9)), Bench.missingIsBad(hour));
    run(70, USUAL);
    run(10, second -> 60, "eu");
    run(30, USUAL);
    assertThat(status().missing()).isEqualTo(5_400);
    run(25, USUAL);
    assertThat(status().missing()).as("those of minutes 75 to 79").isEqualTo(5 * 540);
    run(10, USUAL);
    assertThat(status().missing()).isZero();
    assertThat(missing().values()).containsOnly(540L);
  }

  /** All but two of its minutes are of a month ago. */
  @Test
  void aRegionAtItsBoundIsMissedNoMoreAndThreeMonthsLaterForgotten() {
    Revived task = new Revived(state, START.minus(Duration.ofDays(40)), Bench.missingIsBad(SLO));
    BudgetKey eu = new BudgetKey(CHECKOUT, 1, "eu");
    long monthAgo = START.minus(Duration.ofDays(30)).getEpochSecond();
    for (int i = 0; i < MissingEvents.MINUTES_MAX - 2; i++) {
      task.missing()
          .put(MissingEvents.key(eu, monthAgo + 60L * i), new MissingMinute(45, 9, 8).bytes());
    }
    task.die();
    for (int step = 1; step <= 80 * 6; step++) {
      Instant now = START.plusSeconds(10L * step);
      task.tick(now);
      if (step <= 70 * 6) {
        Cell cell = new Cell(now.getEpochSecond() - 10, 100, 100);
        task.send(bench.counts(CHECKOUT, 1, "eu", now, cell));
      }
      task.send(bench.progress("eu", 0, 1, now, false));
    }
    assertThat(task.missing().approximateNumEntries()).isEqualTo(MissingEvents.MINUTES_MAX);
    assertThat(task.metric("nines_evaluation_missing_over_limit_total")).isPositive();
    assertThat(task.sent(ObjectiveTopics.SLO_STATUS, SloStatus.class).toList().getLast().missing())
        .as("two of today, and what is left of the month before")
        .isBetween(2 * 600L, 2 * 600L + MissingEvents.MINUTES_MAX);
    task.tick(START.plus(Duration.ofDays(95)));
    assertThat(task.missing().approximateNumEntries()).isZero();
  }

  private void late(Instant minute, long events) {
    bench.send(
        bench.counts(
            CHECKOUT, 1, "eu", bench.now(), new Cell(minute.getEpochSecond(), events, events)));
    bench.pass(Duration.ofSeconds(2));
  }

  /** By minute, of all that the ledger was ever told. */
  private Map<Instant, Long> missing() {
    deltas().forEach(delta -> missing.merge(delta.minuteStart(), delta.missing(), Long::sum));
    return missing;
  }

  private List<LedgerDelta> deltas() {
    bench.pass(Duration.ofSeconds(2));
    List<LedgerDelta> deltas =
        bench.ledger().stream().filter(delta -> delta.cause() == Cause.MISSING).toList();
    assertThat(deltas)
        .allSatisfy(
            delta -> {
              assertThat(delta.good() | delta.total() | delta.uncertain()).isZero();
              assertThat(delta.group()).isEmpty();
            });
    return deltas;
  }
}
