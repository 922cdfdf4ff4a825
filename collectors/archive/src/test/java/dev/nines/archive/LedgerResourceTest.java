// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.archive.RandomLedger.Tally;
import dev.nines.archive.ledger.LedgerCells;
import dev.nines.archive.ledger.LedgerResource;
import dev.nines.archive.ledger.LedgerRevisions;
import dev.nines.archive.ledger.LedgerRevisions.Figures;
import dev.nines.archive.ledger.LedgerRevisions.Revision;
import dev.nines.archive.ledger.LedgerView.Slice;
import dev.nines.archive.ledger.LedgerView.State;
import dev.nines.objectives.Budgeting;
import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.access.Principal;
import dev.nines.warehouse.Sql;
import jakarta.ws.rs.BadRequestException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The ledger from the real engine, against its rows added up one by one. */
class LedgerResourceTest extends TableTest {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Instant FROM = Instant.parse("2026-11-01T03:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-05T00:00:00Z");
  private static final BigDecimal TARGET = new BigDecimal("0.9");

  @Test
  void everySliceIsTheSumOfItsRowsAsTheyWereKnown() {
    Slo slo = slo("random");
    RandomLedger ledger = new RandomLedger(3, slo.id());
    ledger.fill(FROM, 1_700);
    store(new LedgerRows(), "ledger", ledger.records());
    List<Instant> times =
        List.of(FROM.plusSeconds(3_600), FROM.plusSeconds(40_000), FROM.plusSeconds(90_000), NOW);
    for (String step : List.of("minute", "hour", "day")) {
      for (String scope : RandomLedger.scopes()) {
        for (Instant known : times) {
          List<Slice> slices = all(slo, scope, step, known);
          assertThat(slices.getFirst().from()).isBeforeOrEqualTo(FROM);
          assertThat(slices.getLast().to()).isAfterOrEqualTo(FROM.plus(Duration.ofHours(30)));
          for (int i = 0; i < slices.size(); i++) {
            assertThat(i == 0 || slices.get(i).from().equals(slices.get(i - 1).to())).isTrue();
            check(ledger, scope, known, slices.get(i));
          }
        }
      }
    }
    List<Slice> days = all(slo, "global", "day", NOW);
    assertThat(days)
        .extracting(day -> day.from().atZone(NEW_YORK).getHour())
        .as("days of New York")
        .containsOnly(0);
    assertThat(Duration.between(days.get(1).from(), days.get(1).to())).hasHours(25);
  }

  @Test
  void everyRevisionSaysWhatWasThereBeforeAndWhy() {
    Slo slo = slo("revised");
    RandomLedger ledger = new RandomLedger(5, slo.id());
    ledger.fill(FROM, 600);
    store(new LedgerRows(), "ledger", ledger.records());
    Instant from = FROM.plusSeconds(600);
    Instant to = from.plusSeconds(30_000);
    for (String scope : RandomLedger.scopes()) {
      for (Instant known : List.of(FROM.plusSeconds(9_000), NOW)) {
        List<Revision> found = revisions(slo, scope, from, to, known);
        List<Revision> wanted = bruteForce(ledger, scope, from, to, known);
        assertThat(found).hasSizeGreaterThan(20).hasSameSizeAs(wanted);
        for (int i = 0; i < found.size(); i++) {
          assertThat(found.get(i))
              .usingRecursiveComparison()
              .ignoringFields("says")
              .isEqualTo(wanted.get(i));
        }
      }
    }
  }

  @Test
  void aLateRegionIsNamed() {
    Slo slo = slo("late");
    RandomLedger ledger = new RandomLedger(1, slo.id());
    Instant minute = Instant.parse("2026-11-03T05:00:00Z");
    ledger.add("ap-south", minute, 9_993, 10_000, 0, 0, minute.plusSeconds(90), Cause.ON_TIME);
    Instant known = minute.plus(Duration.ofMinutes(42));
    ledger.add("ap-south", minute, 8, 10, 0, 0, known, Cause.LATE);
    ledger.add("eu-west", minute, 0, 0, 0, 5, known.plusSeconds(60), Cause.MISSING);
    store(new LedgerRows(), "ledger", ledger.records());
    assertThat(revisions(slo, "global", minute, minute.plusSeconds(60), NOW))
        .extracting(Revision::says)
        .containsExactly(
            "0.999300000 -> 0.999100899: ap-south delivered 41 min late",
            "0.999100899 -> 0.998602096: eu-west lacks 5 expected events");
    assertThat(
            resource(slo)
                .slices(
                    "late", minute.toString(), null, known.toString(), "global", "day", "measured")
                .slices())
        .first()
        .satisfies(day -> assertThat(day.revisedAt()).isEqualTo(known));
  }

  @Test
  void aRegionThatNeverWasIsNotIdle() {
    Slo slo = slo("known");
    RandomLedger ledger = new RandomLedger(1, slo.id());
    Instant minute = Instant.parse("2026-11-03T05:00:00Z");
    ledger.add("ap-south", minute, 9, 10, 0, 0, minute.plusSeconds(90), Cause.ON_TIME);
    store(new LedgerRows(), "ledger", ledger.records());
    String later = minute.plusSeconds(60).toString();
    for (String scope : List.of("ap-south", "nosuch", "global")) {
      LedgerResource of = resource(slo);
      boolean known = !scope.equals("nosuch");
      assertThat(of.slices("known", later, null, null, scope, "minute", "measured").known())
          .isEqualTo(known);
      assertThat(of.revisions("known", later, null, null, scope, null, "measured").known())
          .isEqualTo(known);
    }
  }

  /** The region was silent from 05:00:30 on, and other regions went on. */
  @Test
  void aSilentRegionIsNeitherGoodNorBad() {
    Slo slo = slo("silent");
    RandomLedger ledger = new RandomLedger(1, slo.id());
    Instant start = Instant.parse("2026-11-03T05:00:00Z");
    for (int i = 0; i < 5; i++) {
      Instant minute = start.plusSeconds(60L * i);
      ledger.add(
          "eu-west", minute, i == 3 ? 8 : 10, 10, 0, 0, minute.plusSeconds(90), Cause.ON_TIME);
    }
    ledger.add("ap-south", start, 10, 10, 0, 0, start.plusSeconds(90), Cause.ON_TIME);
    store(new LedgerRows(), "ledger", ledger.records());
    silence(slo, "ap-south", start.plusSeconds(30), start.plusSeconds(120));
    silence(slo, "ap-south", start.plusSeconds(30), start.plusSeconds(290));
    assertThat(states(slo, "ap-south", start, NOW))
        .containsExactly(
            State.GOOD, State.UNMEASURED, State.UNMEASURED, State.UNMEASURED, State.EMPTY);
    assertThat(states(slo, "ap-south", start, start.plusSeconds(125)))
        .as("as known before the second state")
        .containsExactly(State.GOOD, State.UNMEASURED, State.EMPTY, State.EMPTY, State.EMPTY);
    assertThat(states(slo, "global", start, NOW))
        .containsExactly(State.GOOD, State.GOOD, State.GOOD, State.BAD, State.GOOD);
    assertThat(minutes(slo, "global", start, NOW))
        .extracting(Slice::unmeasuredRegions)
        .containsExactly(
            List.of(), List.of("ap-south"), List.of("ap-south"), List.of("ap-south"), List.of());
  }

  @Test
  void whatIsAskedWronglyIsRefused() {
    LedgerResource resource = resource(slo("random"));
    String from = FROM.toString();
    assertThatThrownBy(
            () -> resource.slices("random", from, from, null, "global", "minute", "measured"))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> resource.slices("random", from, null, null, " ", "minute", "measured"))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(
            () -> resource.slices("random", from, null, null, "global", "week", "measured"))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("minute, hour or day");
    assertThatThrownBy(() -> resource.slices("random", from, null, null, "global", "day", "best"))
        .hasMessageContaining("measured or counted");
    assertThatThrownBy(
            () -> resource.revisions("random", from, null, null, "global", null, "measured"))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("49 h");
    assertThatThrownBy(() -> resource.slices("none", from, null, null, "global", "day", "measured"))
        .hasMessageContaining("there is no SLO");
  }

  private static void check(RandomLedger ledger, String scope, Instant known, Slice slice) {
    Tally tally =
        ledger.tally(
            RandomLedger.members(scope),
            delta ->
                !delta.minuteStart().isBefore(slice.from())
                    && delta.minuteStart().isBefore(slice.to())
                    && !delta.knownAt().isAfter(known));
    assertThat(
            new Tally(slice.good(), slice.bad(), slice.total(), slice.uncertain(), slice.missing()))
        .isEqualTo(tally);
    boolean bad = 10 * tally.bad() > tally.total();
    assertThat(slice.state())
        .isEqualTo(tally.total() == 0 ? State.EMPTY : bad ? State.BAD : State.GOOD);
    Optional<Instant> revised =
        ledger.deltas.stream()
            .filter(delta -> RandomLedger.members(scope).contains(delta.scope()))
            .filter(delta -> delta.cause() != Cause.ON_TIME && !delta.knownAt().isAfter(known))
            .filter(delta -> !delta.minuteStart().isBefore(slice.from()))
            .filter(delta -> delta.minuteStart().isBefore(slice.to()))
            .map(LedgerDelta::knownAt)
            .max(Comparator.naturalOrder());
    assertThat(Optional.ofNullable(slice.revisedAt())).isEqualTo(revised);
  }

  /** One change. */
  private record Key(Instant at, String region, Cause cause) {
    static Key of(LedgerDelta delta) {
      return new Key(delta.knownAt(), delta.scope(), delta.cause());
    }
  }

  private static List<Revision> bruteForce(
      RandomLedger ledger, String scope, Instant from, Instant to, Instant known) {
    List<LedgerDelta> rows =
        ledger.deltas.stream()
            .filter(delta -> RandomLedger.members(scope).contains(delta.scope()))
            .filter(d -> !d.minuteStart().isBefore(from) && d.minuteStart().isBefore(to))
            .filter(delta -> !delta.knownAt().isAfter(known))
            .toList();
    List<Key> keys =
        rows.stream()
            .filter(delta -> delta.cause() != Cause.ON_TIME)
            .map(Key::of)
            .distinct()
            .sorted(
                Comparator.comparing(Key::at)
                    .thenComparing(Key::region)
                    .thenComparing(key -> key.cause().name()))
            .toList();
    List<Revision> revisions = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Key key = keys.get(i);
      List<Key> done = keys.subList(0, i);
      List<Key> doneWith = keys.subList(0, i + 1);
      Instant oldest =
          rows.stream()
              .filter(d -> Key.of(d).equals(key))
              .map(LedgerDelta::minuteStart)
              .min(Comparator.naturalOrder())
              .orElseThrow();
      Duration behind = Duration.between(oldest.plusSeconds(60), key.at());
      revisions.add(
          new Revision(
              key.at(),
              key.region(),
              key.cause(),
              oldest,
              behind.isNegative() ? Duration.ZERO : behind,
              figures(
                  ledger.tally(RandomLedger.members(scope), d -> in(d, from, to, key.at(), done))),
              figures(
                  ledger.tally(
                      RandomLedger.members(scope), d -> in(d, from, to, key.at(), doneWith))),
              ""));
    }
    return revisions;
  }

  /** In time and known by then; or a change that was told. */
  private static boolean in(
      LedgerDelta delta, Instant from, Instant to, Instant at, List<Key> told) {
    return !delta.minuteStart().isBefore(from)
        && delta.minuteStart().isBefore(to)
        && (delta.cause() == Cause.ON_TIME
            ? !delta.knownAt().isAfter(at)
            : told.contains(Key.of(delta)));
  }

  private static Figures figures(Tally tally) {
    return new Figures(
        tally.good(),
        tally.bad(),
        tally.total(),
        tally.uncertain(),
        tally.missing(),
        tally.total() == 0
            ? null
            : BigDecimal.valueOf(tally.total() - tally.bad())
                .divide(BigDecimal.valueOf(tally.total()), 9, RoundingMode.DOWN)
                .toPlainString());
  }

  private List<Slice> all(Slo slo, String scope, String step, Instant known) {
    List<Slice> slices = new ArrayList<>();
    @Nullable Instant next = FROM;
    String to = FROM.plus(Duration.ofHours(30)).toString();
    while (next != null) {
      LedgerResource.Page page =
          resource(slo)
              .slices(name(slo), next.toString(), to, known.toString(), scope, step, "measured");
      slices.addAll(page.slices());
      next = page.next();
    }
    return slices;
  }

  private List<Revision> revisions(Slo slo, String scope, Instant from, Instant to, Instant known) {
    List<Revision> revisions = new ArrayList<>();
    Instant after = Instant.EPOCH;
    while (after != null) {
      LedgerResource.History page =
          resource(slo)
              .revisions(
                  name(slo),
                  from.toString(),
                  to.toString(),
                  known.toString(),
                  scope,
                  after.toString(),
                  "measured");
      revisions.addAll(page.revisions());
      after = page.next();
    }
    return revisions;
  }

  private List<Slice> minutes(Slo slo, String scope, Instant from, Instant known) {
    return resource(slo)
        .slices(
            name(slo),
            from.toString(),
            from.plusSeconds(300).toString(),
            known.toString(),
            scope,
            "minute",
            "measured")
        .slices();
  }

  private List<State> states(Slo slo, String scope, Instant from, Instant known) {
    return minutes(slo, scope, from, known).stream().map(Slice::state).toList();
  }

  private void silence(Slo slo, String region, Instant since, Instant asOf) {
    query.execute(
        Sql.of(
                """
                INSERT INTO budget_history (tenant, slo, scope, line, as_of, unmeasured_since,
                  logged_at)
                SELECT 'acme', {slo:String}, {region:String}, 1,
                  fromUnixTimestamp64Milli({at:Int64}, 'UTC'),
                  fromUnixTimestamp64Milli({since:Int64}, 'UTC'), now64(3)""")
            .with("slo", name(slo))
            .with("region", region)
            .with("at", asOf.toEpochMilli())
            .with("since", since.toEpochMilli()));
  }

  private static String name(Slo slo) {
    return slo.id().name();
  }

  private static Slo slo(String name) {
    return new Slo(
        new SloId("acme", name),
        1,
        "shop",
        name,
        "",
        Map.of(),
        new SpanIndicator("shop", "", "", Map.of(), new SpanPredicate.StatusError()),
        TARGET,
        new CalendarWindow(LocalDateTime.of(2026, 1, 1, 0, 0), Period.ofMonths(1), NEW_YORK),
        new Budgeting.Occurrences(),
        List.of(),
        BigDecimal.ZERO,
        0,
        Slo.Missing.NEUTRAL,
        "",
        Slo.Vanished.PAGE,
        null,
        false);
  }

  private LedgerResource resource(Slo slo) {
    return new LedgerResource(
        () -> new Principal("acme", "ann", "", Set.of(Principal.Right.READ)),
        (id, at) -> id.equals(slo.id()) ? Optional.of(slo) : Optional.empty(),
        new LedgerCells(query),
        new LedgerRevisions(query),
        () -> NOW);
  }
}
