// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.archive.BudgetSamples.Step;
import dev.nines.archive.RandomLedger.Tally;
import dev.nines.archive.ledger.BudgetResource;
import dev.nines.archive.ledger.LedgerBudgets;
import dev.nines.archive.ledger.LedgerParts;
import dev.nines.objectives.Budgeting;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.TimeWindow;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.ledger.Accounts.Account;
import dev.nines.objectives.ledger.Accounts.ScopeAccounts;
import dev.nines.objectives.sla.Exclusion;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both accounts of budgets from the real engine, against sums event by event. */
class LedgerBudgetsTest extends TableTest {

  private static final BigDecimal TARGET = BudgetSamples.TARGET;
  private static final Instant DAY = BudgetSamples.DAY;

  @Test
  void everyAccountIsTheSumOfItsEventsAsTheyWereKnown() {
    Random random = new Random(11);
    int excluded = 0;
    for (Slo slo : BudgetSamples.slos().toList()) {
      RandomLedger ledger = new RandomLedger(random.nextLong(), slo.id());
      ledger.fill(DAY.minus(Duration.ofHours(4)), 700);
      store(new LedgerRows(), "ledger", ledger.records());
      List<Step> steps = BudgetSamples.steps(random);
      for (int i = 0; i < 12; i++) {
        Instant at = DAY.plusSeconds(random.nextInt(30_000));
        Instant known = at.plusSeconds(random.nextInt(9_000) - 3_000);
        BudgetResource.Answer answer = read(slo, steps, at, known, 60 + random.nextInt(2_000));
        List<Step> then = steps.stream().filter(step -> step.holds(known)).toList();
        assertThat(answer.scopes())
            .extracting(ScopeAccounts::scope)
            .containsExactlyElementsOf(RandomLedger.scopes());
        for (ScopeAccounts each : answer.scopes()) {
          excluded += each.live().equals(each.adjusted()) ? 0 : 1;
          check(slo, ledger, then, answer, known, each);
        }
      }
    }
    assertThat(excluded).as("accounts that differ").isGreaterThan(200);
  }

  /** 60 min of downtime in 7 d, with 1 d excluded: 0.694 % of what is left, or 0.595 % of all. */
  @Test
  void theVectorsOfTheFieldAreMet() {
    Instant from = Instant.parse("2026-11-10T00:00:00Z");
    Instant at = from.plus(Duration.ofDays(7));
    Exclusion day =
        BudgetSamples.exclusion("x", from.plus(Duration.ofDays(2)), Duration.ofDays(1), List.of());
    List<Step> steps = List.of(new Step(day, at.minusSeconds(10), Instant.MAX));
    TimeWindow week = new RollingWindow(Duration.ofDays(7));
    Budgeting minutes = new Budgeting.Timeslices(Duration.ofMinutes(1), new BigDecimal("0.5"));
    for (Budgeting budgeting : List.of(minutes, new Budgeting.Occurrences())) {
      for (boolean good : List.of(false, true)) {
        Slo slo = BudgetSamples.slo("week-" + budgeting.hashCode() + good, week, budgeting, good);
        RandomLedger ledger = new RandomLedger(1, slo.id());
        for (int i = 0; i < 7 * 1_440; i++) {
          boolean down = i < 60 || (i >= 2 * 1_440 && i < 2 * 1_440 + 300);
          Instant minute = from.plusSeconds(60L * i);
          ledger.add("eu", minute, down ? 0 : 1, 1, 0, 0, minute, Cause.ON_TIME);
        }
        store(new LedgerRows(), "ledger", ledger.records());
        Account adjusted = read(slo, steps, at, at, 100_000).scopes().getFirst().adjusted();
        String share = good ? "60/10080" : "60/8640";
        assertThat(adjusted.budgetSpent()).as(share).isEqualByComparingTo(spent(share));
        Account before =
            read(slo, steps, at, at.minusSeconds(11), 1_000).scopes().getFirst().adjusted();
        assertThat(before.budgetSpent()).isEqualByComparingTo(spent("360/10080"));
        assertThat(before).isEqualTo(read(slo, steps, at, at, 777).scopes().getFirst().live());
      }
    }
  }

  @Test
  void whatIsAskedWronglyIsRefused() {
    Slo slo = BudgetSamples.slos().findFirst().orElseThrow();
    BudgetResource resource = resource(slo, List.of(), 100);
    assertThat(
            Stream.of("yesterday", DAY.plus(Duration.ofDays(900)).toString())
                .map(at -> refusal(() -> resource.read(slo.id().name(), at, null))))
        .containsExactly(400, 400);
    assertThat(refusal(() -> resource.read("none", null, null))).isEqualTo(404);
  }

  private static int refusal(Runnable call) {
    try {
      call.run();
      return 200;
    } catch (BadRequestException | NotFoundException e) {
      return e.getResponse().getStatus();
    } catch (WebApplicationException e) {
      return e.getResponse().getStatus();
    }
  }

  /** Of a budget of 1 % that so many of so many spent. */
  private static BigDecimal spent(String share) {
    String[] parts = share.split("/", 2);
    return new BigDecimal(parts[0])
        .divide(
            new BigDecimal(parts[1]).multiply(BigDecimal.ONE.subtract(TARGET)),
            9,
            RoundingMode.HALF_UP);
  }

  private void check(
      Slo slo,
      RandomLedger ledger,
      List<Step> then,
      BudgetResource.Answer answer,
      Instant known,
      ScopeAccounts found) {
    List<String> members = RandomLedger.members(found.scope());
    Instant end = answer.at();
    boolean sliced = slo.budgeting() instanceof Budgeting.Sliced;
    long length = sliced ? ((Budgeting.Sliced) slo.budgeting()).slice().toSeconds() : 60;
    long to =
        sliced
            ? end.getEpochSecond() / length * length
            : Math.ceilDiv(end.toEpochMilli(), 60_000L) * 60;
    long from = answer.periodFrom().getEpochSecond();
    Tally live = Tally.NONE;
    Tally rest = Tally.NONE;
    long minutesOut = 0;
    for (String region : members) {
      live = live.plus(ledger.tally(region, d -> counted(d, from, to, known)));
      Tally kept = ledger.tally(region, d -> counted(d, from, to, known) && !out(then, region, d));
      Tally gone = ledger.tally(region, d -> counted(d, from, to, known) && out(then, region, d));
      rest = rest.plus(slo.excludedGood() ? kept.plus(forgiven(gone)) : kept);
    }
    for (long minute = from; minute < to; minute += 60) {
      minutesOut += allOut(then, members, minute) ? 1 : 0;
    }
    assertThat(found.excludedMinutes()).as("excluded minutes").isEqualTo(minutesOut);
    same(found.live(), live);
    same(found.adjusted(), rest);
    if (!sliced) {
      assertThat(found.live().budgetSpent()).isEqualByComparingTo(spent(live.bad(), live.total()));
      assertThat(found.adjusted().budgetSpent())
          .isEqualByComparingTo(spent(rest.bad(), rest.total()));
      return;
    }
    checkSlices(slo, ledger, then, known, found, from, to, answer.periodTo().getEpochSecond());
  }

  private void checkSlices(
      Slo slo,
      RandomLedger ledger,
      List<Step> then,
      Instant known,
      ScopeAccounts found,
      long from,
      long to,
      long end) {
    List<String> members = RandomLedger.members(found.scope());
    Budgeting.Sliced sliced = (Budgeting.Sliced) slo.budgeting();
    long length = sliced.slice().toSeconds();
    BigDecimal badLive = BigDecimal.ZERO;
    BigDecimal badRest = BigDecimal.ZERO;
    long slices = 0;
    long removed = 0;
    for (long slice = from; slice < end; slice += length) {
      slices++;
      boolean whole = true;
      for (long minute = slice; minute < slice + length; minute += 60) {
        whole &= allOut(then, members, minute);
      }
      removed += whole && !slo.excludedGood() ? 1 : 0;
      if (slice < to) {
        long begin = slice;
        Tally all = Tally.NONE;
        Tally rest = Tally.NONE;
        for (String region : members) {
          all = all.plus(ledger.tally(region, d -> counted(d, begin, begin + length, known)));
          Tally kept =
              ledger.tally(
                  region, d -> counted(d, begin, begin + length, known) && !out(then, region, d));
          Tally gone =
              ledger.tally(
                  region, d -> counted(d, begin, begin + length, known) && out(then, region, d));
          rest = rest.plus(slo.excludedGood() ? kept.plus(forgiven(gone)) : kept);
        }
        badLive = badLive.add(part(sliced, all));
        badRest = badRest.add(part(sliced, rest));
      }
    }
    slices(found.live(), badLive, slices);
    slices(found.adjusted(), badRest, slices - removed);
  }

  private static void slices(Account found, BigDecimal bad, long slices) {
    BigDecimal allowed = BigDecimal.ONE.subtract(TARGET).multiply(BigDecimal.valueOf(slices));
    assertThat(found.slices().bad()).isEqualByComparingTo(bad);
    assertThat(found.slices().allowed()).isEqualByComparingTo(allowed);
    assertThat(found.budgetSpent())
        .isEqualByComparingTo(bad.divide(allowed, 9, RoundingMode.HALF_UP));
  }

  /** Of itself that a slice spends, cut behind 12 digits. */
  private static BigDecimal part(Budgeting.Sliced sliced, Tally tally) {
    if (tally.total() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal share =
        new BigDecimal(
            BigInteger.valueOf(tally.bad())
                .multiply(BigInteger.TEN.pow(12))
                .divide(BigInteger.valueOf(tally.total())),
            12);
    return switch (sliced) {
      case Budgeting.RatioTimeslices ratio -> share;
      case Budgeting.Timeslices slices ->
          BigDecimal.valueOf(tally.total() - tally.bad())
                      .compareTo(slices.sliceTarget().multiply(BigDecimal.valueOf(tally.total())))
                  < 0
              ? BigDecimal.ONE
              : BigDecimal.ZERO;
    };
  }

  private static void same(Account found, Tally tally) {
    assertThat(
            new Tally(found.good(), found.bad(), found.total(), found.uncertain(), found.missing()))
        .isEqualTo(tally);
    if (tally.total() == 0) {
      assertThat(found.ratio()).isNull();
    } else {
      assertThat(new BigDecimal(found.ratio()))
          .isEqualByComparingTo(
              BigDecimal.valueOf(tally.total() - tally.bad())
                  .divide(BigDecimal.valueOf(tally.total()), 9, RoundingMode.DOWN));
    }
  }

  private static BigDecimal spent(long bad, long total) {
    return total == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(bad)
            .divide(
                BigDecimal.valueOf(total).multiply(BigDecimal.ONE.subtract(TARGET)),
                9,
                RoundingMode.HALF_UP);
  }

  private static Tally forgiven(Tally tally) {
    return new Tally(tally.total() - tally.missing(), 0, tally.total() - tally.missing(), 0, 0);
  }

  private static boolean counted(LedgerDelta delta, long from, long to, Instant known) {
    long minute = delta.minuteStart().getEpochSecond();
    return minute >= from && minute < to && !delta.knownAt().isAfter(known);
  }

  private static boolean out(List<Step> steps, String region, LedgerDelta delta) {
    return steps.stream().anyMatch(step -> step.covers(region, delta.minuteStart()));
  }

  private static boolean allOut(List<Step> steps, List<String> regions, long minute) {
    return regions.stream()
        .allMatch(
            region ->
                steps.stream()
                    .anyMatch(step -> step.covers(region, Instant.ofEpochSecond(minute))));
  }

  private BudgetResource.Answer read(
      Slo slo, List<Step> steps, Instant at, Instant known, int rows) {
    return resource(slo, steps, rows).read(slo.id().name(), at.toString(), known.toString());
  }

  /**
   * @param rows of one answer of the store
   */
  private BudgetResource resource(Slo slo, List<Step> steps, int rows) {
    return new BudgetResource(
        () -> new Principal("acme", "ann", "", Set.of(Principal.Right.READ)),
        (id, at) -> id.equals(slo.id()) ? Optional.of(slo) : Optional.empty(),
        new LedgerBudgets(
            new LedgerParts(query, rows),
            (asked, from, to, knownAt) ->
                steps.stream()
                    .filter(step -> step.holds(knownAt))
                    .map(Step::exclusion)
                    .filter(each -> each.from().isBefore(to) && each.to().isAfter(from))
                    .sorted(Comparator.comparing(Exclusion::from))
                    .toList()),
        () -> DAY.plus(Duration.ofDays(60)));
  }
}
