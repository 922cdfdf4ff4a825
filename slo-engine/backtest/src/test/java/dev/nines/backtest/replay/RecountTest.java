// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.nines.embedded.KafkaProcess;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.Generation;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.telemetry.Acceptance;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.Topic;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The telemetry in a real broker, counted again, beside sums that the test makes itself. */
class RecountTest {

  private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");
  private static final List<String> REGIONS = List.of("eu", "us");
  private static final Instant NOW = START.plus(Duration.ofHours(1));
  private static final int BATCHES = 300;
  private static final int DELETED = 10;

  private static final Slo SLO =
      new Slo(
          new SloId("default", "checkout"),
          1,
          "shop",
          "checkout",
          "",
          Map.of(),
          new SpanIndicator("shop", "", "", Map.of(), new SpanPredicate.StatusError()),
          new BigDecimal("0.95"),
          new RollingWindow(Duration.ofHours(1)),
          List.of(),
          BigDecimal.ZERO,
          Slo.Missing.NEUTRAL);

  @TempDir static Path folder;

  private final Random random = new Random(11);
  private final TreeMap<String, TreeMap<Long, long[]>> slices = new TreeMap<>();
  private long seq;

  @Test
  void telemetryCountsToTheSumsOfItsSpansAndMinutesThatKafkaLostAreNotCompared() throws Exception {
    try (KafkaProcess broker = KafkaProcess.start(folder.resolve("kafka"))) {
      KafkaClients kafka = new KafkaClients(broker.bootstrapServers());
      kafka.create(
          List.of(
              ObjectiveTopics.OBJECTIVES, ObjectiveTopics.SLI_COUNTS, ObjectiveTopics.SLO_LEDGER));
      kafka.create(REGIONS.stream().map(TelemetryTopics::accepted).toList());
      try (KafkaProducer<byte[], byte[]> producer = kafka.producer("test")) {
        write(producer);
      }
      Replay replay =
          Replay.ofTelemetry(broker.bootstrapServers(), "default", Replay.Selection.ALL, NOW);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text().getBytes(UTF_8));
      assertThat(replay.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
      assertThat(replay.ledger().differences()).isEmpty();
      int minutes = replay.ledger().compared();
      assertThat(minutes).isGreaterThan(50);

      forget(kafka, "eu", 1, DELETED);
      LedgerComparison cut =
          Replay.ofTelemetry(broker.bootstrapServers(), "default", Replay.Selection.ALL, NOW)
              .ledger();
      assertThat(cut.differences()).isEmpty();
      assertThat(cut.compared()).isPositive().isLessThan(minutes);

      try (KafkaProducer<byte[], byte[]> producer = kafka.producer("test")) {
        ledger(producer, "us", START.plus(Duration.ofMinutes(28)).getEpochSecond(), 0, 1);
      }
      assertThat(
              Replay.ofTelemetry(broker.bootstrapServers(), "default", Replay.Selection.ALL, NOW)
                  .ledger()
                  .differences())
          .singleElement()
          .asString()
          .startsWith("default/checkout line 1 in us at 2026-11-27T10:28:00Z: log ");

      forget(kafka, "eu", 2, -1); // all of it: older than a day, whatever it was
      Instant dayLater = START.plus(Duration.ofHours(25));
      LedgerComparison none =
          Replay.ofTelemetry(broker.bootstrapServers(), "default", Replay.Selection.ALL, dayLater)
              .ledger();
      assertThat(none.differences()).isEmpty();
      assertThat(none.compared()).isZero();
    }
  }

  private void write(KafkaProducer<byte[], byte[]> producer) {
    Generation generation =
        new Generation("default", 1, START.minus(Duration.ofDays(1)), List.of(SLO));
    send(producer, ObjectiveTopics.OBJECTIVES, new JsonSerde<>(Generation.class).write(generation));
    for (int i = 0; i < BATCHES; i++) {
      batch(producer, REGIONS.get(random.nextInt(2)), START.plusSeconds(6L * i), i % 4);
    }
    for (String region : REGIONS) {
      Instant end = START.plusSeconds(6L * BATCHES);
      byte[] told =
          new JsonSerde<>(CountRecord.class)
              .write(new CompleteTo(region, 0, 1, end, end, false, "0_0", ++seq));
      for (int partition = 0; partition < ObjectiveTopics.SLI_COUNTS.partitions(); partition++) {
        producer.send(
            new ProducerRecord<>(ObjectiveTopics.SLI_COUNTS.name(), partition, null, told));
      }
      Map<Long, long[]> minutes = new TreeMap<>();
      slices
          .get(region)
          .forEach(
              (start, sum) -> {
                long[] minute = minutes.computeIfAbsent(start / 60 * 60, absent -> new long[2]);
                minute[0] += sum[0];
                minute[1] += sum[1];
              });
      minutes.forEach((start, sum) -> ledger(producer, region, start, sum[0], sum[1]));
    }
  }

  /** Some batches are another tenant's, some stand twice, as after a mirror's crash. */
  private void batch(
      KafkaProducer<byte[], byte[]> producer, String region, Instant at, int partition) {
    String tenant = random.nextInt(10) == 0 ? "other" : "default";
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(5); i++) {
      spans.add(span(tenant, region, at.minusMillis(random.nextInt(600_000))));
    }
    byte[] body = request(spans);
    BatchIdentity identity = BatchIdentity.of(tenant, Envelope.TRACES, body);
    Envelope envelope =
        new Envelope(identity, tenant, Envelope.TRACES, 0, 1, spans.size(), at, "c", body);
    RecordHeaders headers = new RecordHeaders();
    envelope.headers().forEach(headers::add);
    new Acceptance(at, region, "0_" + partition, ++seq).headers().forEach(headers::add);
    for (int copies = 0; copies <= random.nextInt(8) / 7; copies++) {
      producer.send(
          new ProducerRecord<>(
              TelemetryTopics.accepted(region).name(), partition, identity.bytes(), body, headers));
    }
  }

  private Span span(String tenant, String region, Instant end) {
    boolean bad = random.nextInt(4) == 0;
    if (tenant.equals("default")) {
      long[] sum =
          slices
              .computeIfAbsent(region, absent -> new TreeMap<>())
              .computeIfAbsent(end.getEpochSecond() / 10 * 10, absent -> new long[2]);
      sum[0] += bad ? 0 : 1;
      sum[1]++;
    }
    byte[] id = new byte[16];
    random.nextBytes(id);
    Status.StatusCode code =
        bad ? Status.StatusCode.STATUS_CODE_ERROR : Status.StatusCode.STATUS_CODE_UNSET;
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(id))
        .setSpanId(ByteString.copyFrom(id, 0, 8))
        .setName("GET /")
        .setStartTimeUnixNano(nanos(end.minusMillis(5)))
        .setEndTimeUnixNano(nanos(end))
        .setStatus(Status.newBuilder().setCode(code))
        .build();
  }

  private static long nanos(Instant time) {
    return time.toEpochMilli() * 1_000_000;
  }

  private static byte[] request(List<Span> spans) {
    KeyValue service =
        KeyValue.newBuilder()
            .setKey("service.name")
            .setValue(AnyValue.newBuilder().setStringValue("shop"))
            .build();
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(service))
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(spans)))
        .build()
        .toByteArray();
  }

  private void ledger(
      KafkaProducer<byte[], byte[]> producer, String region, long minute, long good, long total) {
    LedgerDelta delta =
        new LedgerDelta(
            SLO.id(),
            1,
            1,
            region,
            "",
            Instant.ofEpochSecond(minute),
            good,
            total,
            0,
            0,
            LedgerDelta.Cause.ON_TIME,
            START,
            "0_0",
            ++seq);
    send(producer, ObjectiveTopics.SLO_LEDGER, new JsonSerde<>(LedgerDelta.class).write(delta));
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, Topic topic, byte[] value) {
    producer.send(
        new ProducerRecord<>(topic.name(), 0, START.toEpochMilli(), new byte[] {1}, value));
  }

  /** As retention does, in one partition first. */
  private static void forget(KafkaClients kafka, String region, int number, long before)
      throws Exception {
    try (Admin admin = kafka.admin()) {
      TopicPartition partition =
          new TopicPartition(TelemetryTopics.accepted(region).name(), number);
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before))).all().get();
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    slices.forEach(
        (region, sums) ->
            sums.forEach(
                (start, sum) ->
                    text.append(
                        "default/checkout\t1\t%s\t\t%d\t%d\t%d\t0\n"
                            .formatted(region, start, sum[0], sum[1]))));
    return text.toString();
  }
}
