// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.catalog.Catalog;
import dev.nines.catalog.CatalogConfig;
import dev.nines.catalog.backfill.BackfillState.Looked;
import dev.nines.embedded.PostgresProcess;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Sql;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.access.Principal.Right;
import dev.nines.objectives.backfill.Reach;
import dev.nines.objectives.openslo.OpenSlo;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Back-fills on a real PostgreSQL, over processes that die anywhere and stores that are away. */
class BackfillRunTest {

  private static final Instant NOW = Instant.parse("2026-03-04T05:06:00Z");
  private static final Instant LINE = NOW.plusSeconds(10);
  private static final Instant FROM = LINE.minus(Duration.ofDays(7)).truncatedTo(ChronoUnit.HOURS);

  private static final String SPANS =
      """
              total: {metricSource: {type: nines/spans, spec: {service: %s}}}
              bad: {metricSource: {type: nines/spans, spec: {bad: status = error}}}
      """;

  private static final String COUNTERS =
      """
              total: {metricSource: {type: nines/metrics, spec: {metric: orders, service: %s}}}
              bad: {metricSource: {type: nines/metrics, spec: {metric: orders.failed}}}
      """;

  @TempDir static Path data;
  static PostgresProcess postgres;
  static Journal journal;

  private final String tenant = "t-" + UUID.randomUUID();
  private final Principal ann = new Principal(tenant, "ann", "", Set.of(Right.ADMINISTER));
  private final SloId id = new SloId(tenant, "a");
  private final List<Past> taken = new ArrayList<>();
  private Instant now = NOW;
  private final RecordedPast past = new RecordedPast(() -> now);
  private final Catalog catalog =
      new Catalog(journal, () -> now, CatalogConfig.withLead(Duration.ofSeconds(60)));
  private final Backfills rows = new Backfills(journal);
  private Random dice = new Random(1);
  private int dies;
  private boolean diesBehindARecord;

  @BeforeAll
  static void start() {
    postgres = PostgresProcess.start(data);
    journal = Journal.connect(postgres.jdbcUrl(), 8, new CollectorRegistry()).migrate();
    new Catalog(journal, () -> NOW, CatalogConfig.withLead(Duration.ofSeconds(60))).migrate();
  }

  @AfterAll
  static void stop() {
    journal.close();
    postgres.close();
  }

  @BeforeEach
  void endThoseOfOthers() {
    journal.transact(tx -> Sql.update(tx, "UPDATE slo_backfill SET due_at = NULL"));
  }

  /** Late events, and a process that dies before or behind any step: each event counts once. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyEventCountsOnceWhateverDies(int seed) {
    dice = new Random(seed);
    past.fill(dice, NOW, Duration.ofDays(9));
    dies = 4;
    apply("shop", "7d");
    Instant end = NOW.plus(Duration.ofHours(26));
    while (now.isBefore(end)) {
      runUntilIdle();
      now = now.plusSeconds(1 + dice.nextInt(1_800));
    }
    Slo slo = catalog.latest(tenant).orElseThrow().slos().getFirst();
    assertThat(counted()).isNotEmpty().isEqualTo(past.minutes(FROM, LINE));
    assertThat(taken.getFirst().to()).isEqualTo(LINE);
    assertThat(taken).allMatch(each -> each.ledger() && each.slo().equals(slo));
    BackfillView view = rows.view(id, 1).orElseThrow();
    assertThat(view.state()).isEqualTo("done");
    assertThat(view.from()).isEqualTo(FROM);
    assertThat(view.looksAgainAt()).isNull();
    assertThat(view.total()).isEqualTo(counted().values().stream().mapToLong(l -> l).sum());
    assertThat(audited()).contains("nines objectives.backfill slo/a#1");
  }

  /** The tenant's first batch is followed by one of ten minutes before it. */
  @Test
  void theLineIsMeasuredFromWhatIsOlderThanTheFirstTelemetry() {
    past.answer = new Reach.Exact(FROM, FROM, LINE.minusSeconds(130), "");
    past.comes(LINE.minusSeconds(100), LINE.minusSeconds(98));
    past.comes(LINE.minusSeconds(720), LINE.plusSeconds(40));
    apply("shop", "7d");
    runUntilIdle();
    assertThat(taken.getFirst().from()).isEqualTo(LINE.minusSeconds(130));
    now = now.plusSeconds(1_800);
    runUntilIdle();
    assertThat(taken.getLast().from()).isEqualTo(LINE.minusSeconds(730));
  }

  @Test
  void aNewSelectorIsBackfilledAndToldFromTheFirst() {
    past.fill(dice, NOW, Duration.ofDays(1));
    apply("shop", "7d");
    runUntilIdle();
    now = now.plusSeconds(600);
    apply("cart", "7d");
    runUntilIdle();
    assertThat(rows.view(id, 2).orElseThrow().state()).isEqualTo("pending");
    assertThat(rows.view(id, 1).orElseThrow().state()).isEqualTo("refused");
    now = now.plusSeconds(120);
    runUntilIdle();
    assertThat(rows.view(id, 2).orElseThrow().state()).isEqualTo("done");
    assertThat(taken.stream().filter(each -> each.slo().line() == 2)).isNotEmpty();
    assertThat(taken).allMatch(each -> each.ledger() == (each.slo().line() == 1));
  }

  @Test
  void aTargetIsNoReasonToCountAgain() {
    past.fill(dice, NOW, Duration.ofDays(1));
    apply("shop", "7d");
    runUntilIdle();
    int before = taken.size();
    apply("shop", "6d");
    now = now.plusSeconds(200);
    runUntilIdle();
    assertThat(catalog.latest(tenant).orElseThrow().number()).isEqualTo(2);
    assertThat(rows.view(id, 2)).isEmpty();
    assertThat(taken.subList(before, taken.size())).allMatch(each -> each.slo().line() == 1);
  }

  @Test
  void whatCannotBeCountedIsToldWithItsReason() {
    past.answer = new Reach.Nothing("points are kept 30 days");
    apply("shop", "7d");
    runUntilIdle();
    BackfillView view = rows.view(id, 1).orElseThrow();
    assertThat(List.of(view.state(), view.note()))
        .containsExactly("refused", "points are kept 30 days");
    assertThat(taken).isEmpty();
  }

  /** What came late and was sampled out is not there to be found. */
  @Test
  void itDoesNotLookAgainOnceSpansAreSampled() {
    past.fill(dice, NOW, Duration.ofDays(1));
    apply("shop", "7d");
    runUntilIdle();
    assertThat(rows.view(id, 1).orElseThrow().looksAgainAt()).isNotNull();
    past.sampled = true;
    now = now.plusSeconds(120);
    runUntilIdle();
    BackfillView view = rows.view(id, 1).orElseThrow();
    assertThat(view.looksAgainAt()).isNull();
    assertThat(view.note()).contains("sampled");
  }

  @Test
  void anEstimateIsToldAndInNoSum() {
    past.answer = new Reach.Estimated(NOW.minusSeconds(3_600), 90, 100, "sampled");
    apply("shop", "7d");
    runUntilIdle();
    BackfillView view = rows.view(id, 1).orElseThrow();
    assertThat(view.state()).isEqualTo("estimate");
    assertThat(List.of(view.bad(), view.total())).containsExactly(10L, 100L);
    assertThat(taken).isEmpty();
  }

  /** A minute that no record holds ends it there; a record that Kafka finds too long is cut. */
  @Test
  void itEndsWhereAMinuteIsTooMuch() {
    past.fill(dice, NOW, Duration.ofDays(1));
    past.cellsMax = 40;
    past.tooMuchBefore = NOW.minus(Duration.ofHours(5));
    apply("shop", "7d");
    runUntilIdle();
    BackfillView view = rows.view(id, 1).orElseThrow();
    assertThat(view.state()).isEqualTo("done");
    assertThat(view.from()).isEqualTo(past.tooMuchBefore);
    assertThat(view.note()).contains("more than a record");
    assertThat(taken).anyMatch(each -> Duration.between(each.from(), each.to()).toMinutes() < 60);
  }

  @Test
  void anInterruptionOfOverADayEndsIt() {
    past.fill(dice, NOW, Duration.ofDays(3));
    dies = 1;
    apply("shop", "7d");
    while (taken.size() < 2) {
      runOnce();
    }
    dies = 0;
    now = now.plus(Duration.ofHours(25));
    runUntilIdle();
    BackfillView view = rows.view(id, 1).orElseThrow();
    assertThat(view.state()).isEqualTo("done");
    assertThat(view.note()).contains("interrupted");
    assertThat(view.from()).isAfter(NOW.minus(Duration.ofDays(2)));
  }

  /** Which only a back-fill can know, also where another line accounts for the time before. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatSeriesAddAcrossTheBeginIsARecordOfItsOwn(int seed) {
    dice = new Random(seed);
    past.fill(dice, NOW.minusSeconds(60), Duration.ofDays(2));
    dies = 3;
    apply("shop", "7d", COUNTERS);
    now = now.plusSeconds(10);
    apply("cart", "7d", COUNTERS);
    Instant line = catalog.latest(tenant).orElseThrow().effectiveFrom();
    past.crosses(line.plusSeconds(12), line.plusSeconds(14));
    past.crosses(line.plusSeconds(43), line.plusSeconds(70));
    past.crosses(line.plusSeconds(45), line.plusSeconds(70));
    Instant end = now.plus(Duration.ofHours(26));
    while (now.isBefore(end)) {
      runUntilIdle();
      now = now.plusSeconds(1 + dice.nextInt(1_800));
    }
    List<Past> across = taken.stream().filter(each -> !each.from().isBefore(line)).toList();
    assertThat(across).isNotEmpty().allMatch(each -> each.ledger() && each.from().equals(line));
    assertThat(across.getLast().to()).isEqualTo(line.plusSeconds(50));
    assertThat(
            across.stream()
                .flatMap(each -> each.regions().get("eu").stream())
                .mapToLong(Cell::total)
                .sum())
        .isEqualTo(3);
    assertThat(taken.stream().filter(each -> each.from().isBefore(line)))
        .isNotEmpty()
        .noneMatch(Past::ledger);
    assertThat(rows.view(id, 2).orElseThrow().from()).isBefore(line);
  }

  /** It cannot be asked of less time; the time before is counted all the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatIsTooMuchAcrossTheBeginIsSkippedAndTold(int look) {
    past.fill(dice, NOW, Duration.ofDays(9));
    past.crosses(LINE.plusSeconds(12), LINE.plusSeconds(14));
    past.crosses(LINE.plusSeconds(13), LINE.plusSeconds(5_000));
    past.tooMuchAcross = look == 1;
    apply("shop", "7d", COUNTERS);
    now = now.plusSeconds(30);
    Instant end = NOW.plus(Duration.ofHours(26));
    while (now.isBefore(end)) {
      runUntilIdle();
      past.tooMuchAcross =
          rows.find(id, 1).orElseThrow().state() instanceof Looked looked
              && looked.looks() == look - 1;
      now = now.plusSeconds(1 + dice.nextInt(1_800));
    }
    BackfillView view = rows.view(id, 1).orElseThrow();
    assertThat(view.state()).isEqualTo("done");
    assertThat(view.from()).isEqualTo(FROM);
    assertThat(view.note()).contains("across the line's begin").doesNotContain("before it");
    assertThat(past.askedAcross).as("questions of it").isEqualTo(look);
    assertThat(taken.stream().filter(each -> !each.from().isBefore(LINE)))
        .hasSize(look == 1 ? 0 : 1);
    taken.removeIf(each -> !each.from().isBefore(LINE));
    assertThat(counted()).isEqualTo(past.minutes(FROM, LINE));
  }

  /** Evaluation has the number of the one that was sent: the next one needs another. */
  @Test
  void whatMayHaveBeenSentAndIsTooMuchByNowKeepsItsNumber() {
    past.fill(dice, NOW, Duration.ofDays(9));
    past.crosses(LINE.plusSeconds(12), LINE.plusSeconds(14));
    apply("shop", "7d", COUNTERS);
    now = now.plusSeconds(30);
    diesBehindARecord = true;
    while (taken.isEmpty()) {
      runOnce();
    }
    past.tooMuchAcross = true;
    now = NOW.plus(Duration.ofHours(21));
    runUntilIdle();
    assertThat(taken.removeFirst().from()).isEqualTo(LINE);
    assertThat(counted()).isEqualTo(past.minutes(FROM, LINE));
  }

  private void apply(String service, String period) {
    apply(service, period, SPANS);
  }

  private void apply(String service, String period, String sources) {
    String yaml =
        """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: a}
        spec:
          service: shop
          indicator:
            metadata: {name: failures}
            spec:
              ratioMetric:
        %s  timeWindow: [{duration: %s, isRolling: true}]
          budgetingMethod: Occurrences
          objectives: [{target: 0.99}]
        """
            .formatted(sources.formatted(service).indent(8), period);
    catalog.apply(ann, OpenSlo.read("test", yaml), false);
    now = now.plusSeconds(35);
  }

  private void runUntilIdle() {
    boolean more = true;
    while (more) {
      more = runOnce();
    }
  }

  /** A process, which may die at a question, before a record is taken, or behind it. */
  private boolean runOnce() {
    BackfillRun run =
        new BackfillRun(
            rows,
            catalog::latest,
            past.dying(this::die),
            record -> {
              die();
              take(record);
              die();
              if (diesBehindARecord) {
                diesBehindARecord = false;
                throw new Died();
              }
              return true;
            },
            new BackfillMetrics(new CollectorRegistry()),
            () -> now);
    try {
      return run.step();
    } catch (Died e) {
      return true;
    }
  }

  private static final class Died extends RuntimeException {}

  private void die() {
    if (dies > 0 && dice.nextInt(dies * 4) == 0) {
      throw new Died();
    }
  }

  /** As evaluation does: what is not beyond the last number is a repeat. */
  private void take(Past record) {
    boolean beyond =
        taken.stream()
            .filter(each -> each.task().equals(record.task()))
            .allMatch(each -> each.seq() < record.seq());
    if (beyond) {
      taken.add(record);
    }
  }

  private Map<String, Long> counted() {
    return RecordedPast.counted(taken);
  }

  private List<String> audited() {
    return journal.transact(tx -> new AuditTrail().read(tx, tenant, 0)).stream()
        .map(row -> row.entry().actor() + ' ' + row.entry().action() + ' ' + row.entry().subject())
        .toList();
  }
}
