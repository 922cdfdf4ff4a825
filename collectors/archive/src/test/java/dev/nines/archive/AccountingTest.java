// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nines.archive.retention.Retention;
import dev.nines.objectives.access.Principal;
import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.AccountingEntry.Heading;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.warehouse.Sql;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.BadRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountingTest extends TableTest {

  private final ExportTraceServiceRequest request = new RandomSpans(new Random(3), 2).request();
  private final long spans = Records.spans(request);
  private final List<ConsumerRecord<byte[], byte[]>> entries = new ArrayList<>();

  @BeforeEach
  void empty() {
    TABLES.forEach(table -> query.execute(Sql.of("TRUNCATE TABLE " + table)));
    entries.clear();
  }

  private static final Set<String> TABLES =
      Set.of(
          "spans",
          "accounting",
          "metric_points",
          "metric_histograms",
          "metric_exponential_histograms",
          "metric_summaries");

  /** Twice the batch arrives, once it counts, and five spans were refused at the edge. */
  private void balanced() {
    entry(Heading.OFFERED, "", 2 * spans + 5);
    entry(Heading.REJECTED, "trace_id", 5);
    entry(Heading.ACCEPTED, "", 2 * spans);
    entry(Heading.DEDUPLICATED, "", spans);
    entry(Heading.FORWARDED, "", spans);
    store(new AccountingRows(), "accounting", entries);
  }

  @Test
  void everyItemIsUnderOneHeading() {
    balanced();
    Account before = only();
    assertThat(before.inFlight()).isEqualTo(spans);
    assertThat(before.residual()).isZero();
    stored();
    Account after = only();
    assertThat(after)
        .isEqualTo(
            new Account(
                "acme",
                "eu",
                "traces",
                2 * spans + 5,
                5,
                0,
                2 * spans,
                spans,
                Map.of(),
                spans,
                0,
                spans,
                spans,
                0));
    assertThat(after.inFlight()).isZero();
    assertThat(after.residual()).isZero();
  }

  /** Points and spans of one task, whose entries have different times: neither is the other's. */
  @Test
  void signalsAreAccountedApart() {
    ExportMetricsServiceRequest metrics = new RandomMetrics(new Random(8)).request();
    long points = Records.points(metrics);
    balanced();
    stored();
    entries.clear();
    entries.add(entry("metrics", Heading.ACCEPTED, "", points, 1_000));
    entries.add(entry("metrics", Heading.FORWARDED, "", points, 1_000));
    store(new AccountingRows(), "accounting", entries);
    assertThat(account("metrics").inFlight()).isEqualTo(points).isPositive();
    store(
        new MetricMapper(new CollectorRegistry()),
        MetricMapper.TABLES,
        List.of(Records.accepted("acme", "eu", 2, metrics)));
    assertThat(account("metrics").stored()).isEqualTo(points);
    assertThat(account("metrics").settled()).isEqualTo(points);
    assertThat(account("metrics").inFlight()).isZero();
    assertThat(account("metrics").residual() + account("metrics").duplicates()).isZero();
    assertThat(account("traces").stored()).isEqualTo(spans);
    assertThat(account("traces").residual() + account("traces").inFlight()).isZero();
  }

  @Test
  void theResourceAnswersForTheCallersTenantOnly() {
    balanced();
    stored();
    AccountingResource.Answer own = answer("acme", null);
    assertThat(own.accounts())
        .singleElement()
        .satisfies(e -> assertThat(e.stored()).isEqualTo(spans));
    assertThat(answer("rival", null).accounts()).isEmpty();
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> resource("acme").read("soon"))
        .withMessageStartingWith("from");
  }

  /** The range begins behind the batch: neither its entries nor its rows count. */
  @Test
  void aRangeCutsEntriesAndRowsAtTheSamePlace() {
    balanced();
    stored();
    AccountingResource.Answer later = answer("acme", Records.APPENDED.plusSeconds(1).toString());
    assertThat(later.accounts()).allSatisfy(e -> assertThat(e.residual() + e.stored()).isZero());
  }

  @Test
  void aRowInsertedTwiceByHandIsADuplicateAndAResidual() {
    balanced();
    stored();
    query.execute(Sql.of("INSERT INTO spans SELECT * FROM spans LIMIT 1"));
    assertThat(only().duplicates()).isEqualTo(1);
    assertThat(only().residual()).isEqualTo(1);
  }

  @Test
  void aRowOfATaskThatForwardedNothingIsAResidual() {
    balanced();
    stored();
    query.execute(
        Sql.of(
            "INSERT INTO spans (tenant, region, task, appended_at, end)"
                + " SELECT 'acme', 'eu', 'by-hand', now64(3), now64(9)"));
    assertThat(only().duplicates()).isZero();
    assertThat(only().residual()).isEqualTo(1);
  }

  @Test
  void aResidualIsRaisedAfterSixtySecondsOnceAndCleared() {
    balanced();
    AtomicReference<Instant> now = new AtomicReference<>(Records.APPENDED.plusSeconds(10));
    List<String> told = new ArrayList<>();
    ResidualWatch.Listener listener =
        new ResidualWatch.Listener() {
          @Override
          public void raised(ResidualWatch.Residual residual) {
            told.add("raised " + residual.region() + " " + residual.items());
          }

          @Override
          public void cleared(ResidualWatch.Residual residual) {
            told.add("cleared " + residual.region());
          }
        };
    ResidualWatch watch =
        new ResidualWatch(
            new Accounting(query), Set.of("acme"), listener, new CollectorRegistry(), now::get);
    watch.look(0, 0);
    now.updateAndGet(at -> at.plus(Duration.ofSeconds(59)));
    watch.look(0, 0);
    assertThat(told).isEmpty();
    now.updateAndGet(at -> at.plus(Duration.ofSeconds(1)));
    watch.look(0, 0);
    watch.look(0, 0);
    assertThat(told).containsExactly("raised eu " + spans);
    assertThat(watch.check()).hasSize(1);
    watch.look(7, 0);
    assertThat(told).as("a lag is no residual").last().isEqualTo("cleared eu");
    watch.look(0, 0);
    now.updateAndGet(at -> at.plus(Duration.ofSeconds(60)));
    watch.look(0, 0);
    assertThat(told).last().isEqualTo("raised eu " + spans);
    watch.look(0, 7);
    assertThat(told).as("the sampler may have them").last().isEqualTo("cleared eu");
    stored();
    watch.look(0, 0);
    assertThat(watch.check()).isEmpty();
  }

  private void stored() {
    store(new SpanMapper(), "spans", List.of(Records.accepted("acme", "eu", 1, request)));
  }

  private Account only() {
    assertThat(accounts()).hasSize(1);
    return accounts().getFirst();
  }

  private Account account(String signal) {
    return accounts().stream().filter(a -> a.signal().equals(signal)).findFirst().orElseThrow();
  }

  private List<Account> accounts() {
    return new Accounting(query).read("acme", Records.APPENDED.minus(Duration.ofHours(1)));
  }

  private AccountingResource resource(String tenant) {
    Principal principal = new Principal(tenant, "test", "", Set.of(Principal.Right.READ));
    return new AccountingResource(
        () -> principal,
        new Accounting(query),
        Retention.DEFAULT,
        () -> Records.APPENDED.plusSeconds(5));
  }

  private AccountingResource.Answer answer(String tenant, String from) {
    return resource(tenant).read(from);
  }

  private void entry(Heading heading, String reason, long items) {
    entries.add(entry("traces", heading, reason, items, 0));
  }

  private ConsumerRecord<byte[], byte[]> entry(
      String signal, Heading heading, String reason, long items, long millisLater) {
    AccountingEntry entry =
        new AccountingEntry(
            "acme",
            "eu",
            signal,
            heading,
            reason,
            items,
            "0_3",
            entries.size() + 1,
            Records.APPENDED.plusMillis(millisLater));
    return Records.json(
        AccountingEntry.class, TelemetryTopics.ACCOUNTING.name(), entries.size(), entry);
  }
}
