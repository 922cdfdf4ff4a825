// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.archive.LineLives.Known;
import dev.nines.archive.LineLives.Life;
import dev.nines.archive.LineLives.Reach;
import dev.nines.archive.ledger.BudgetResource;
import dev.nines.archive.ledger.LedgerBudgets;
import dev.nines.archive.ledger.LedgerCells;
import dev.nines.archive.ledger.LedgerParts;
import dev.nines.archive.ledger.LedgerResource;
import dev.nines.archive.ledger.LedgerRevisions;
import dev.nines.archive.ledger.LedgerRevisions.Figures;
import dev.nines.archive.ledger.LedgerRevisions.Revision;
import dev.nines.archive.ledger.LedgerView.Slice;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.ObjectiveSource;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.ledger.Accounts.ScopeAccounts;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pasts of all lines of an SLO, from the real evaluation in the real store: a first selector
 * that is corrected while its back-fill is at work, another change of it, a removal, and the SLO
 * applied again; late events on every line. Held against the events, one by one.
 */
class RecountTest extends TableTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant BEGAN = START.minus(Duration.ofHours(7));
  private static final Instant END = START.plus(Duration.ofMinutes(80));
  private static final SloId ID = new SloId("acme", "corrected");

  private static final Life WRONG = life(1, 70, 210, true);
  private static final Life RIGHT = life(2, 210, 1_550, false);
  private static final Life BETTER = life(3, 1_550, 2_600, false);
  private static final Life AGAIN = life(5, 3_390, 1_000_000, false);
  private static final List<Life> LIVES = List.of(WRONG, RIGHT, BETTER, AGAIN);

  private final Random random = new Random(54);
  private LineLives lives;

  @BeforeAll
  void live(@TempDir Path folder) {
    lives = new LineLives(folder, START, LIVES);
    lives.traffic(random, BEGAN, END);
    while (lives.now().isBefore(END)) {
      lives.step();
      LIVES.forEach(this::fill);
    }
    lives.settle();
    lives.close();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    lives.deltas.forEach(
        delta -> records.add(Records.json(LedgerDelta.class, "slo.ledger", records.size(), delta)));
    store(new LedgerRows(), "ledger", records);
  }

  /** Three looks; the first one of the wrong selector ends in the middle, with its line. */
  private void fill(Life life) {
    long age = Duration.between(life.from(), lives.now()).toSeconds();
    Instant first = life.from().plusSeconds(20);
    Instant second = life.from().plusSeconds(300);
    Instant third = life.from().plusSeconds(900);
    if (age >= 30 && age < 170 && lives.now().isBefore(life.to())) {
      Instant to = life.from().minusSeconds(life.from().getEpochSecond() % 1_800);
      long back = (age - 30) / 10;
      Instant newest = back == 0 ? life.from() : to.minusSeconds((back - 1) * 1_800);
      lives.fill(life, to.minusSeconds(back * 1_800), newest, Instant.EPOCH, first, back % 3 == 0);
    } else if (age == 310 && lives.now().isBefore(life.to())) {
      lives.fill(life, oldest(life), life.from(), first, second, true);
    } else if (age == 910 && lives.now().isBefore(life.to())) {
      lives.fill(life, oldest(life), life.from(), second, third, false);
    }
  }

  private Instant oldest(Life life) {
    return lives.reaches.stream()
        .filter(reach -> reach.life().equals(life))
        .map(Reach::minute)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Whatever the line, and also while its past is on its way. */
  @Test
  void theAccountIsTheLiveStatusOfEveryLine() {
    int later = 0;
    for (SloStatus status : lives.statuses) {
      Instant known = status.asOf().minusMillis(1);
      if (line(known) == status.line() && status.asOf().getEpochSecond() % 70 == 0) {
        ScopeAccounts found =
            budgets().read(ID.name(), status.asOf().toString(), known.toString()).scopes().stream()
                .filter(scope -> scope.scope().equals(status.scope()))
                .findFirst()
                .orElseThrow();
        assertThat(List.of(found.live().good(), found.live().total()))
            .as("%s of line %d at %s", status.scope(), status.line(), status.asOf())
            .containsExactly(status.good(), status.total());
        later += status.line() > 1 && status.total() > 500 ? 1 : 0;
      }
    }
    assertThat(later).isGreaterThan(30);
  }

  @Test
  void everyMinuteIsThatOfTheNewestLineThatKnewIt() {
    for (int i = 0; i < 40; i++) {
      Instant to = lives.now().minusSeconds(random.nextInt(4_700));
      long line = line(to) == 0 ? AGAIN.slo().line() : line(to);
      Instant known = START.plusSeconds(random.nextInt(4_900));
      String scope = random.nextInt(3) == 0 ? "global" : i % 2 == 0 ? "eu" : "us";
      for (Slice slice : slices("measured", scope, to.minusSeconds(7_000), to, known)) {
        assertThat(events(slice)).isEqualTo(sum(scope, measured(slice.from(), line, known)));
      }
      for (Slice slice : slices("counted", scope, to.minusSeconds(7_000), to, known)) {
        assertThat(events(slice)).isEqualTo(sum(scope, counted(slice.from(), known)));
      }
    }
  }

  /** What no later line had was there, and what counted before is what it was, for good. */
  @Test
  void whatCountedAtTheTimeStays() {
    Instant before = BETTER.to().minusSeconds(1);
    Instant oldest = START.minusSeconds(3_000);
    List<Slice> then = slices("counted", "global", oldest, before, lives.now());
    assertThat(then.stream().mapToLong(Slice::total).sum())
        .isEqualTo(
            slices("counted", "global", oldest, before, AGAIN.from()).stream()
                    .mapToLong(Slice::total)
                    .sum()
                + lives.known.stream()
                    .filter(k -> !k.past() && k.at().isAfter(AGAIN.from()))
                    .filter(k -> k.event().slice().isBefore(BETTER.to()))
                    .filter(k -> !k.life().equals(AGAIN))
                    .count());
    Instant gap = BETTER.to().plusSeconds(120);
    Predicate<Slice> between =
        slice -> !slice.from().isBefore(gap) && slice.to().isBefore(AGAIN.from());
    assertThat(slices("counted", "global", gap, lives.now(), lives.now()).stream().filter(between))
        .allSatisfy(slice -> assertThat(slice.total()).isZero());
    assertThat(slices("measured", "global", gap, lives.now(), lives.now()).stream().filter(between))
        .anySatisfy(slice -> assertThat(slice.total()).isPositive())
        .allSatisfy(slice -> assertThat(slice.lines()).isSubsetOf(List.of(5L)));
  }

  @Test
  void thatAnotherLineAnswersIsARevision() {
    Instant from = START.minusSeconds(6_000);
    Instant to = START.plusSeconds(1_200);
    for (String scope : List.of("global", "eu")) {
      List<Revision> found = new ArrayList<>();
      @Nullable Instant after = Instant.EPOCH;
      while (after != null) {
        LedgerResource.History page =
            ledger()
                .revisions(
                    ID.name(),
                    from.toString(),
                    to.toString(),
                    lives.now().toString(),
                    scope,
                    after.toString(),
                    "measured");
        found.addAll(page.revisions());
        after = page.next();
      }
      assertThat(found).extracting(Revision::cause).contains(Cause.LATE, Cause.BACKFILL);
      List<Instant> recounts =
          found.stream()
              .filter(revision -> revision.cause() == Cause.RECOUNT)
              .map(Revision::knownAt)
              .distinct()
              .toList();
      assertThat(recounts)
          .as("instants at which a later line's past took minutes over")
          .containsAll(takenOver(scope, from, to));
      for (Instant known : recounts) {
        List<Revision> here = found.stream().filter(r -> r.knownAt().equals(known)).toList();
        figures(here.getFirst().before(), scope, from, to, known.minusMillis(1));
        figures(here.getLast().after(), scope, from, to, known);
        assertThat(here.getLast().says())
            .endsWith("was counted again from stored telemetry, as a later line selects");
      }
    }
  }

  /** Who spent the budget, and which groups were hit, are questions about the same minutes. */
  @Test
  void attributionAndGroupsAreOfTheLineInForce() {
    Instant to = START.plusSeconds(4_200);
    Instant from = to.minusSeconds(9_000);
    List<Long> sums = total("global", from, to, lives.now());
    long bad = sums.getLast() - sums.getFirst();
    for (String by : List.of("region", "group")) {
      assertThat(attribution().read(ID.name(), by, from.toString(), to.toString()).bad())
          .as(by)
          .isEqualTo(bad);
    }
    assertThat(attribution().read(ID.name(), "region", from.toString(), to.toString()).parts())
        .extracting(AttributionResource.Part::value)
        .containsExactlyInAnyOrderElementsOf(LineLives.REGIONS);
    assertThat(
            new GroupsResource(ann(), objectives(), new LedgerGroups(query), () -> lives.now())
                .read(ID.name(), from.toString(), to.toString(), "9")
                .groups())
        .containsExactly(new LedgerGroups.GroupImpact("", sums.getFirst(), 0, bad, sums.getLast()));
  }

  private List<Instant> takenOver(String scope, Instant from, Instant to) {
    return lives.reaches.stream()
        .map(Reach::at)
        .filter(at -> !total(scope, from, to, at).equals(total(scope, from, to, at.minusMillis(1))))
        .filter(at -> at.isAfter(RIGHT.from()))
        .toList();
  }

  private void figures(Figures found, String scope, Instant from, Instant to, Instant known) {
    assertThat(List.of(found.good(), found.total()))
        .as("%s known at %s", scope, known)
        .isEqualTo(total(scope, from, to, known));
  }

  private List<Long> total(String scope, Instant from, Instant to, Instant known) {
    long good = 0;
    long total = 0;
    for (Instant minute = from; minute.isBefore(to); minute = minute.plusSeconds(60)) {
      List<Long> sum = sum(scope, measured(minute, line(to), known));
      good += sum.getFirst();
      total += sum.getLast();
    }
    return List.of(good, total);
  }

  private long line(Instant to) {
    return lives.inForce(to).map(life -> life.slo().line()).orElse(0L);
  }

  /** Of the newest line whose past was known to reach the minute, and what later ones own of it. */
  private Predicate<Known> measured(Instant minute, long newest, Instant known) {
    long answers =
        lives.reaches.stream()
            .filter(reach -> !reach.life().first() && reach.life().slo().line() <= newest)
            .filter(reach -> !reach.at().isAfter(known) && !reach.minute().isAfter(minute))
            .filter(reach -> minute.isBefore(reach.life().from()))
            .mapToLong(reach -> reach.life().slo().line())
            .max()
            .orElse(0);
    return each ->
        in(each, minute, known)
            && each.life().slo().line() >= answers
            && each.life().slo().line() <= newest;
  }

  private static Predicate<Known> counted(Instant minute, Instant known) {
    return each -> in(each, minute, known) && (!each.past() || each.life().first());
  }

  private static boolean in(Known each, Instant minute, Instant known) {
    Instant slice = each.event().slice();
    return !each.at().isAfter(known)
        && !slice.isBefore(minute)
        && slice.isBefore(minute.plusSeconds(60));
  }

  /** Good ones and all. */
  private List<Long> sum(String scope, Predicate<Known> wanted) {
    List<Known> found =
        lives.known.stream()
            .filter(wanted)
            .filter(each -> scope.equals("global") || each.event().region().equals(scope))
            .toList();
    return List.of(found.stream().filter(each -> each.event().good()).count(), (long) found.size());
  }

  private static List<Long> events(Slice slice) {
    return List.of(slice.good(), slice.total());
  }

  private List<Slice> slices(
      String account, String scope, Instant from, Instant to, Instant known) {
    return ledger()
        .slices(
            ID.name(), from.toString(), to.toString(), known.toString(), scope, "minute", account)
        .slices();
  }

  private LedgerResource ledger() {
    return new LedgerResource(
        ann(), objectives(), new LedgerCells(query), new LedgerRevisions(query), () -> lives.now());
  }

  private AttributionResource attribution() {
    return new AttributionResource(
        ann(),
        objectives(),
        new LedgerImpact(query),
        new LedgerGroups(query),
        new IncidentSpans(query),
        new SpanEvidence(query),
        () -> lives.now());
  }

  private BudgetResource budgets() {
    LedgerBudgets budgets =
        new LedgerBudgets(new LedgerParts(query), (slo, from, to, knownAt) -> List.of());
    return new BudgetResource(ann(), objectives(), budgets, () -> lives.now());
  }

  private static CurrentPrincipal ann() {
    return () -> new Principal("acme", "ann", "", Set.of(Principal.Right.READ));
  }

  private ObjectiveSource objectives() {
    return (id, at) -> lives.inForce(at).map(Life::slo);
  }

  private static Life life(long line, long fromSeconds, long toSeconds, boolean first) {
    return new Life(
        new Slo(
            ID,
            line,
            "shop",
            ID.name(),
            "",
            Map.of(),
            new SpanIndicator("shop", "", "", Map.of(), new SpanPredicate.StatusError()),
            new BigDecimal("0.9"),
            new RollingWindow(Duration.ofHours(6)),
            List.of(),
            BigDecimal.ZERO,
            Slo.Missing.NEUTRAL),
        START.plusSeconds(fromSeconds),
        START.plusSeconds(toSeconds),
        first);
  }
}
