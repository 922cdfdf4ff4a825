// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.archive.retention.Retention;
import dev.nines.embedded.ClickHouseProcess;
import dev.nines.embedded.KafkaProcess;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.RedRollup;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.Topic;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import dev.nines.warehouse.Warehouse;
import dev.nines.warehouse.sink.InsertWatch;
import dev.nines.warehouse.sink.SinkSettings;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role on real engines: it starts before ClickHouse, and finds a region that comes later. */
class ArchiveTest {

  private static final ResidualWatch.Listener NOBODY =
      new ResidualWatch.Listener() {
        @Override
        public void raised(ResidualWatch.Residual residual) {}

        @Override
        public void cleared(ResidualWatch.Residual residual) {}
      };

  private static final String POINTS =
      "merge(currentDatabase(), '^(" + String.join("|", MetricMapper.POINT_TABLES) + ")$')";

  @TempDir private Path data;
  private final RandomSpans spans = new RandomSpans(new Random(11), 30);
  private final RandomMetrics metrics = new RandomMetrics(new Random(12));
  private long seq;
  private long sent;
  private long sentPoints;

  @Test
  void whatIsOnKafkaIsInClickHouse() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    try (KafkaProcess kafka = KafkaProcess.start(data.resolve("kafka"));
        ClickHouseProcess clickHouse = ClickHouseProcess.start(data.resolve("clickhouse"))) {
      KafkaClients clients = new KafkaClients(kafka.bootstrapServers());
      createTopics(clients);
      clickHouse.kill();
      Warehouse warehouse = new Warehouse(URI.create(clickHouse.url()), "nines", "default", "");
      try (KafkaProducer<byte[], byte[]> producer = clients.producer("test");
          Query query = new Query(warehouse, QueryLimits.DEFAULT);
          Archive archive = archive(clients, warehouse)) {
        archive.start();
        await().until(() -> archive.check().error() != null);
        produce(producer, "eu", 40);
        produceRows(producer);
        clickHouse.restart();
        await().until(() -> archive.check().isStoring());
        awaitItems(query);
        clients.create(List.of(TelemetryTopics.accepted("ap")));
        produce(producer, "ap", 20);
        awaitItems(query);
        await().until(() -> count(query, "red_10s") == 1 && count(query, "red_1m") == 1);
        await().until(() -> count(query, "accounting") == 1);
        await().until(() -> archive.check().lag() == 0);
      }
    }
  }

  private static Archive archive(KafkaClients clients, Warehouse warehouse) {
    return new Archive(
        clients,
        warehouse,
        "archive-1",
        SinkSettings.DEFAULT,
        Retention.DEFAULT,
        Set.of(),
        NOBODY,
        InsertWatch.NONE,
        new CollectorRegistry(),
        InstantSource.system());
  }

  private static void createTopics(KafkaClients clients) {
    clients.create(
        List.of(
            TelemetryTopics.accepted("eu"),
            TelemetryTopics.RED_ROLLUPS,
            TelemetryTopics.ACCOUNTING,
            ObjectiveTopics.SLO_LEDGER,
            ObjectiveTopics.SLO_STATUS,
            ObjectiveTopics.SLO_BURN,
            ObjectiveTopics.CHANGES,
            Topic.kept(Targets.INCIDENT_EVENTS, 1, Duration.ofDays(7))));
  }

  /** One at a time: a topic that was just made refuses what is in flight behind a first refusal. */
  private void produce(KafkaProducer<byte[], byte[]> producer, String region, int batches)
      throws Exception {
    for (int i = 0; i < batches; i++) {
      ExportTraceServiceRequest request = spans.request();
      send(producer, Records.toSend("acme", region, ++seq, request));
      sent += Records.spans(request);
      ExportMetricsServiceRequest points = metrics.request();
      send(producer, Records.toSend("acme", region, ++seq, points));
      sentPoints += Records.points(points);
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record)
      throws Exception {
    producer
        .send(
            new ProducerRecord<>(record.topic(), 0, record.key(), record.value(), record.headers()))
        .get();
  }

  private static void produceRows(KafkaProducer<byte[], byte[]> producer) {
    RedRollup rollup =
        new RedRollup(
            "acme",
            "eu",
            "shop",
            "pay",
            "server",
            Records.APPENDED,
            3,
            0,
            3,
            Collections.nCopies(14, 0L),
            "0_0",
            1);
    AccountingEntry entry =
        new AccountingEntry(
            "acme",
            "eu",
            "traces",
            AccountingEntry.Heading.OFFERED,
            "",
            3,
            "c",
            1,
            Records.APPENDED);
    send(producer, TelemetryTopics.RED_ROLLUPS, new JsonSerde<>(RedRollup.class).write(rollup));
    send(producer, TelemetryTopics.ACCOUNTING, new JsonSerde<>(AccountingEntry.class).write(entry));
    producer.flush();
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, Topic topic, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic.name(), new byte[0], value));
  }

  private void awaitItems(Query query) {
    await()
        .untilAsserted(
            () -> {
              assertThat(rows(query, "spans")).containsExactly(sent, sent);
              assertThat(rows(query, POINTS)).containsExactly(sentPoints, sentPoints);
            });
  }

  /** Rows and their distinct names. */
  private static List<Long> rows(Query query, String table) {
    Sql sql =
        Sql.of("SELECT count() AS c, uniqExact(region, task, seq, `index`) AS u FROM " + table);
    Row row = query.one(sql);
    return List.of(row.number("c"), row.number("u"));
  }

  private static long count(Query query, String table) {
    return query.one(Sql.of("SELECT count() AS c FROM " + table)).number("c");
  }
}
