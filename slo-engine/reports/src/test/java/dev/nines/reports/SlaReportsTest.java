// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.archive.Schema;
import dev.nines.embedded.ClickHouseProcess;
import dev.nines.objectives.Group;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.sla.Exclusion;
import dev.nines.objectives.sla.Report;
import dev.nines.objectives.sla.Report.ServiceReport;
import dev.nines.objectives.sla.evidence.EvidenceJson;
import dev.nines.objectives.sla.evidence.PackCheck;
import dev.nines.warehouse.Migrations;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.Warehouse;
import dev.nines.warehouse.Writer;
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example contract over a real ledger: October 2026 in Berlin, 25 hours on the 25th, 100 events
 * a minute in two regions, 45 minutes of outage, 5 of them in announced maintenance.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlaReportsTest {

  private static final Instant FROM = Instant.parse("2026-09-30T22:00:00Z");
  private static final int MINUTES = 31 * 1_440 + 60;
  private static final String KNOWN_TEXT = "2026-11-01T00:00:00Z";
  private static final Instant KNOWN = Instant.parse(KNOWN_TEXT);
  private static final Instant NOW = Instant.parse("2026-11-03T00:00:00Z");

  private final Clock clock = new Clock();
  private final CollectorRegistry registry = new CollectorRegistry();
  private final ReportsConfig config = ReportsConfig.withSettle(Duration.ofHours(25));
  private ClickHouseProcess clickHouse;
  private LedgerFill ledger;
  private Query query;
  private Writer writer;
  private Promises promises;
  private StoredReports stored;
  private SlaReports reports;
  private SlaReportResource resource;
  private MonthlyRun run;

  private static final class Clock implements InstantSource {
    private Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeAll
  void fill(@TempDir Path data, @TempDir Path keys) throws IOException {
    clickHouse = ClickHouseProcess.start(data);
    Warehouse warehouse = new Warehouse(URI.create(clickHouse.url()), "nines", "default", "");
    Migrations migrations = new Migrations(warehouse, QueryLimits.DEFAULT);
    Schema.migrate(migrations);
    ReportsSchema.migrate(migrations);
    query = new Query(warehouse, QueryLimits.DEFAULT);
    ledger = new LedgerFill(query, FROM);
    writer = new Writer(warehouse, Duration.ofSeconds(20));
    promises =
        new Promises(
            Files.readString(
                Path.of(
                    System.getProperty("nines.root"),
                    "slo-engine/examples/contracts/acme-retail.yaml")));
    promises.declared.add(
        new Exclusion(
            "m1",
            "acme-retail",
            "",
            Exclusion.Kind.MAINTENANCE,
            at(10_000),
            at(10_005),
            at(0),
            at(0),
            "database upgrade"));
    SigningKey key = SigningKey.in(keys);
    assertThat(SigningKey.in(keys).pair().getPublic()).isEqualTo(key.pair().getPublic());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(keys.resolve("sla-signing.key"))))
        .isEqualTo("rw-------");
    stored = new StoredReports(query, writer);
    ReportsMetrics metrics = new ReportsMetrics(registry);
    reports = new SlaReports(promises, query, stored, key, config, metrics);
    resource =
        new SlaReportResource(
            () -> new Principal("default", "ann", "", Set.of(Principal.Right.READ)),
            reports,
            stored,
            clock);
    run = new MonthlyRun(promises, reports, stored, config, metrics, clock);
    for (String region : new String[] {"eu", "us"}) {
      ledger(region, "", 0, MINUTES, "if(number >= 10000 AND number < 10045, 20, 50)", "50", KNOWN);
    }
    // What a selector of this month makes of last month is in no report of it.
    ledger.recounted("checkout-enterprise", MINUTES, KNOWN);
  }

  @AfterAll
  void stop() {
    query.close();
    writer.close();
    clickHouse.close();
  }

  /**
   * 44,700 minutes less 5 excluded; 40 down: 99.91050... %, below 99.99 and not below 99: 10 % of
   * 12,500.00.
   */
  @Test
  void theCreditIsTheOneComputedByHand() {
    Report report =
        report(resource.report("acme-retail", "2026-10", null, null, KNOWN_TEXT, 0, "json"));
    ServiceReport service = report.services().getFirst();
    assertThat(service.minutes()).isEqualTo(new Report.MinuteCounts(44_700, 44_655, 40, 0, 0, 5));
    assertThat(service.uptime()).isEqualByComparingTo("99.91050453");
    assertThat(service.creditPercent()).isEqualByComparingTo("10");
    assertThat(report.total().payable()).isEqualByComparingTo("1250.00");
    assertThat(service.totalEvents()).isEqualTo(4_470_000);
    assertThat(service.days()).hasSize(31);
    assertThat(service.days().get(24).minutes().all()).isEqualTo(1_500);
    assertThat(service.outages())
        .singleElement()
        .satisfies(outage -> assertThat(outage.minutes()).isEqualTo(40));
  }

  @Test
  void everyFormatIsWritten() {
    assertThat(body("csv")).contains("acme-retail,", ",99.91050453,10,1250.00,EUR,");
    assertThat(body("html")).startsWith("<!DOCTYPE html>").contains("EUR 1,250.00");
    Response pdf = resource.report("acme-retail", "2026-10", null, null, KNOWN_TEXT, 0, "pdf");
    byte[] bytes = (byte[]) pdf.getEntity();
    assertThat(new String(bytes, 0, 5, UTF_8)).isEqualTo("%PDF-");
    assertThat(Pictures.fontsThatAreNotEmbedded(bytes)).isEmpty();
    List<BufferedImage> pages = Pictures.ofPdf(Pictures.keep("sla-report.pdf", bytes));
    assertThat(pages).hasSizeBetween(1, 4).allMatch(page -> Pictures.colours(page) > 20);
    Path html = Pictures.keep("sla-report.html", body("html").getBytes(UTF_8));
    assertThat(Pictures.colours(Pictures.ofHtml(html))).isGreaterThan(20);
  }

  @Test
  void theEvidenceOfALiveReportHolds() {
    byte[] zip =
        (byte[]) resource.evidence("acme-retail", "2026-10", null, null, KNOWN_TEXT, 0).getEntity();
    PackCheck.Outcome outcome = PackCheck.run(zip, Optional.of(reports.keyPair().getPublic()));
    assertThat(outcome.steps()).allMatch(PackCheck.Step::passed);
    assertThat(resource.key()).startsWith("-----BEGIN PUBLIC KEY-----");
  }

  /** Late data make a second revision; the first stays as it was told. */
  @Test
  void aMonthIsStoredOnceAndRevisedWhenLateDataChangesIt() {
    assertThat(run.run()).isEmpty();
    assertThat(run.run()).isEmpty();
    assertThat(stored.list("default", "acme-retail"))
        .extracting(StoredReports.Revision::revision, StoredReports.Revision::cause)
        .containsExactly(tuple(1, "the period is over"));
    clock.now = NOW.plus(Duration.ofDays(1));
    ledger("eu", "", 20_000, 1, "0", "100", NOW.plusSeconds(60));
    assertThat(run.run()).isEmpty();
    assertThat(stored.list("default", "acme-retail"))
        .extracting(StoredReports.Revision::revision, StoredReports.Revision::cause)
        .containsExactly(tuple(2, "late data"), tuple(1, "the period is over"));
    assertThat(down(1)).isEqualTo(40);
    assertThat(down(2)).isEqualTo(41);
    assertThat(down(0)).isEqualTo(41);
    assertThat(
            report(resource.report("acme-retail", "2026-10", null, null, KNOWN_TEXT, 0, "json"))
                .services()
                .getFirst()
                .minutes()
                .down())
        .isEqualTo(40);
  }

  @Test
  void aGroupCountsItsOwnEventsAndHearsAll() {
    int shift = -86_400;
    Instant known = KNOWN.minus(Duration.ofDays(300));
    ledger.rows("eu", "acme", 0, 10, "7", "10", known, "grouped", shift);
    ledger.rows("eu", "other", 0, 20, "10", "10", known, "grouped", shift);
    ledger.missing("grouped", 25, 50, shift);
    promises.about(
        "grouped\n      group: acme",
        () -> {
          ServiceReport service = report(theDaysBefore(shift, "json")).services().getFirst();
          assertThat(service.minutes()).isEqualTo(new Report.MinuteCounts(30, 0, 10, 10, 10, 0));
          assertThat(service.totalEvents()).isEqualTo(100);
          assertThat(service.missingEvents()).as("nothing is missing of a group").isZero();
          assertThat(service.coverage()).isEqualByComparingTo("66.6666");
        });
  }

  /**
   * One objective, one hour in which every fifth request of acme fails: 44,700 minutes less 5
   * excluded, 60 down, 99.86575679 %: 10 % of 12,500.00. Globex had no failure, and nothing at all
   * in the first 1,000 minutes. Initech never had an event of its own; in the first 100 minutes
   * some customers had no place of their own: it may be one of them.
   */
  @Test
  void oneCustomerIsOwedACreditAndAnotherIsNot() throws IOException {
    String before = promises.yaml;
    String failing = "if(number >= 20000 AND number < 20060, 40, 50)";
    ledger.rows("eu", "acme", 0, MINUTES, failing, "50", KNOWN, "divided", 0);
    ledger.rows("us", "globex", 1_000, MINUTES - 1_000, "50", "50", KNOWN, "divided", 0);
    ledger.rows("us", Group.OTHER, 0, 100, "0", "10", KNOWN, "divided", 0);
    String acme = before.replace("slo: checkout-enterprise", "slo: divided\n      group: acme");
    String globex =
        Files.readString(
                Path.of(
                    System.getProperty("nines.root"), "slo-engine/examples/contracts/globex.yaml"))
            .replace("slo: checkout-enterprise", "slo: divided");
    try {
      promises.yaml = acme;
      Report owed = october("acme-retail");
      assertThat(owed.services().getFirst().minutes())
          .isEqualTo(new Report.MinuteCounts(44_700, 44_635, 60, 0, 0, 5));
      assertThat(owed.services().getFirst().uptime()).isEqualByComparingTo("99.86575679");
      assertThat(owed.total().payable()).isEqualByComparingTo("1250.00");
      promises.yaml = globex;
      Report kept = october("globex");
      assertThat(kept.services().getFirst().minutes().idle()).isEqualTo(1_000);
      assertThat(kept.services().getFirst().totalEvents()).isEqualTo(50L * (MINUTES - 1_000));
      assertThat(kept.services().getFirst().uptime()).isEqualByComparingTo("100");
      assertThat(kept.total().payable()).isZero();
      promises.yaml = globex.replace("group: globex", "group: initech");
      ServiceReport unknown = october("globex").services().getFirst();
      assertThat(unknown.minutes().unmeasured()).isEqualTo(100);
      assertThat(unknown.minutes().idle()).isEqualTo(MINUTES - 100 - unknown.minutes().excluded());
      promises.yaml = before.replace("slo: checkout-enterprise", "slo: divided");
      assertThat(october("acme-retail").services().getFirst().totalEvents())
          .isEqualTo(50L * MINUTES + 50L * (MINUTES - 1_000) + 1_000);
    } finally {
      promises.yaml = before;
    }
  }

  /** Ten minutes without groups, ten with, ten of silence: the first ten say nothing of acme. */
  @Test
  void whatWasCountedBeforeThereWereGroupsIsNotIdle() {
    int shift = -259_200;
    Instant known = KNOWN.minus(Duration.ofDays(300));
    ledger.rows("eu", "", 0, 10, "10", "10", known, "young", shift);
    ledger.rows("eu", "acme", 10, 10, "10", "10", known, "young", shift);
    promises.about(
        "young\n      group: acme",
        () -> {
          ServiceReport service = report(theDaysBefore(shift, "json")).services().getFirst();
          assertThat(service.minutes()).isEqualTo(new Report.MinuteCounts(30, 10, 0, 0, 20, 0));
        });
  }

  private Report october(String customer) {
    return report(resource.report(customer, "2026-10", null, null, KNOWN_TEXT, 0, "json"));
  }

  /**
   * Minute 0 has 2 uncertain of 10, minute 1 has them beside 3 failures; in minute 2 counters that
   * were read apart claim 12 failures of 10 events.
   */
  @Test
  void whatIsUncertainCountsAsGoodAndIsSaid() {
    int shift = -172_800;
    ledger.uncertain("bounded", 0, 8, 2, 10, shift);
    ledger.uncertain("bounded", 1, 5, 2, 10, shift);
    ledger.uncertain("bounded", 2, -2, 0, 10, shift);
    promises.about(
        "bounded",
        () -> {
          ServiceReport service = report(theDaysBefore(shift, "json")).services().getFirst();
          assertThat(service.minutes()).isEqualTo(new Report.MinuteCounts(30, 1, 2, 0, 27, 0));
          assertThat(service.goodEvents()).isEqualTo(13);
          assertThat(service.uncertainEvents()).isEqualTo(4);
          assertThat(service.totalEvents()).isEqualTo(30);
          assertThat(service.outages())
              .singleElement()
              .satisfies(outage -> assertThat(outage.badEvents()).isEqualTo(13));
          assertThat(service.uptime()).isEqualByComparingTo("33.33333333");
          assertThat(service.uptimeAtLeast()).isEqualByComparingTo("0");
          assertThat((String) theDaysBefore(shift, "html").getEntity())
              .contains("Of 30 requests 4 are uncertain", "the uptime would be 0.00 %");
          assertThat((String) theDaysBefore(shift, "csv").getEntity())
              .contains(",4,0.00000000,0\r\n");
        });
  }

  /** In minute 0 nothing came of 40, in minute 1 10 of 50; minute 2 was served. */
  @Test
  void whatDidNotComeIsBadAndIsSaid() {
    int shift = -345_600;
    ledger.missing("lost", 0, 60, shift);
    ledger.missing("lost", 0, -20, shift);
    ledger.uncertain("lost", 1, 10, 0, 10, shift);
    ledger.missing("lost", 1, 40, shift);
    ledger.uncertain("lost", 2, 50, 0, 50, shift);
    promises.about(
        "lost",
        () -> {
          ServiceReport service = report(theDaysBefore(shift, "json")).services().getFirst();
          assertThat(service.minutes()).isEqualTo(new Report.MinuteCounts(30, 1, 2, 0, 27, 0));
          assertThat(service.goodEvents()).isEqualTo(60);
          assertThat(service.missingEvents()).isEqualTo(80);
          assertThat(service.totalEvents()).isEqualTo(140);
          assertThat(service.outages())
              .singleElement()
              .satisfies(outage -> assertThat(outage.badEvents()).isEqualTo(80));
          assertThat((String) theDaysBefore(shift, "html").getEntity())
              .contains("Of 140 requests 80 were expected and did not come");
          assertThat((String) theDaysBefore(shift, "csv").getEntity()).endsWith(",80\r\n");
        });
  }

  private Response theDaysBefore(int shiftSeconds, String format) {
    return resource.report(
        "acme-retail",
        null,
        FROM.plusSeconds(shiftSeconds).toString(),
        FROM.plusSeconds(shiftSeconds + 1_800).toString(),
        KNOWN_TEXT,
        0,
        format);
  }

  @Test
  void whatCannotBeAnsweredSaysWhy() {
    assertThatThrownBy(() -> resource.report("nobody", "2026-10", null, null, null, 0, "json"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no contract of 'nobody' holds for 2026-10");
    assertThatThrownBy(() -> resource.report("acme-retail", "October", null, null, null, 0, "json"))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> resource.report("acme-retail", "2026-10", null, null, null, 0, "docx"))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("json, csv, html, pdf");
    assertThatThrownBy(() -> resource.report("acme-retail", "2027-10", null, null, null, 0, "json"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("nothing was known");
    assertThatThrownBy(() -> resource.report("", "2026-10", null, null, null, 0, "json"))
        .isInstanceOf(BadRequestException.class);
  }

  private int down(int revision) {
    return report(resource.report("acme-retail", "2026-10", null, null, null, revision, "json"))
        .services()
        .getFirst()
        .minutes()
        .down();
  }

  private String body(String format) {
    return (String)
        resource.report("acme-retail", "2026-10", null, null, KNOWN_TEXT, 0, format).getEntity();
  }

  private static Report report(Response response) {
    return EvidenceJson.read((String) response.getEntity(), Report.class).orElseThrow();
  }

  private void ledger(
      String region, String group, int first, int count, String good, String total, Instant known) {
    ledger.rows(region, group, first, count, good, total, known, "checkout-enterprise", 0);
  }

  private static Instant at(int minute) {
    return FROM.plusSeconds(60L * minute);
  }
}
