// SPDX-License-Identifier: Apache-2.0
package dev.nines.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.nines.embedded.KafkaProcess;
import dev.nines.telemetry.Acceptance;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.Sampling;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.telemetry.TraceInterest;
import dev.nines.transport.Check;
import dev.nines.transport.GroupLag;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.Topic;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The role on a real broker: each batch is decided once, whatever is killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SamplerTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String REGION = "eu";
  private static final int TRACES = 64;
  private static final Map<String, Long> BUDGET = Map.of("acme", 1L);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private KafkaProcess broker;
  private KafkaClients kafka;
  private KafkaProducer<byte[], byte[]> producer;
  private long seq;

  @BeforeAll
  void start(@TempDir Path data) {
    broker = KafkaProcess.start(data.resolve("kafka"));
    kafka = new KafkaClients(broker.bootstrapServers());
    kafka.create(List.of(TelemetryTopics.accepted(REGION)));
    producer = kafka.producer("test", Map.of());
  }

  @AfterAll
  void stop() {
    producer.close();
    broker.close();
  }

  /** No batch was ever told to wait: it has nothing to decide, and makes nothing. */
  @Test
  @Order(1)
  void withoutTenantsItDoesNothing() {
    try (Sampler idle = started("0", Map.of(), Duration.ZERO);
        GroupLag lag = new GroupLag(kafka, Sampling.GROUP)) {
      await().atMost(LONG).until(() -> idle.check() instanceof Check.Running);
      assertThat(kafka.exists(TelemetryTopics.TRACE_INTEREST)).isFalse();
      assertThat(lag.records()).hasValue(0);
    }
  }

  @Test
  @Order(2)
  void eachBatchIsDecidedOnceOverKillsRestartsAndMoves() {
    kafka.create(List.of(TelemetryTopics.TRACE_INTEREST, TelemetryTopics.kept(REGION)));
    try (Sampler first = started("0", BUDGET, SECOND)) {
      tell(160, List.of(3)); // 16 a second of a budget of 1: one in 16 is kept
      batches(100);
      await().atMost(LONG).until(() -> decided().size() >= 50);
      broker.kill();
      broker.restart();
      batches(100);
      await().atMost(LONG).until(() -> decided().size() == 200);
      try (Sampler second = started("0", BUDGET, SECOND);
          Sampler other = started("1", BUDGET, SECOND)) {
        batches(100);
        await().atMost(LONG).until(() -> decided().size() == 300);
        Check replaced = new Check.Failed("another process is instance 0");
        await().atMost(LONG).until(() -> first.check().equals(replaced));
        batches(100);
        await().atMost(LONG).until(() -> decided().size() == 400);
        assertThat(List.of(second.check(), other.check()))
            .allMatch(check -> check instanceof Check.Running);
      }
    }
    checkDecisions(decided());
  }

  /** Sampling was switched off: what waits is kept, and who asks for the lag sees its end. */
  @Test
  @Order(3)
  void whatWasLeftToItIsDecidedWithoutTenants() {
    batches(10);
    try (Sampler rest = started("0", Map.of(), Duration.ZERO);
        GroupLag lag = new GroupLag(kafka, Sampling.GROUP)) {
      await().atMost(LONG).until(() -> decided().size() == 410);
      await().atMost(LONG).until(() -> lag.records().orElseThrow() == 0);
      assertThat(rest.check()).isInstanceOf(Check.Running.class);
    }
    List<ConsumerRecord<byte[], byte[]>> last =
        decided().stream().filter(record -> number(record) > 400).toList();
    assertThat(last).hasSize(10).allSatisfy(record -> assertThat(items(record)).isEqualTo(TRACES));
  }

  private void checkDecisions(List<ConsumerRecord<byte[], byte[]>> decided) {
    Set<Long> numbers = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : decided) {
      assertThat(numbers.add(number(record))).isTrue();
      assertThat(text(record, Sampling.PENDING)).isEmpty();
      Set<ByteString> traces = new HashSet<>();
      Spans.of(record.value()).forEach(span -> traces.add(span.getTraceId()));
      assertThat(traces).hasSize(items(record));
      assertThat(items(record) + Integer.parseInt(text(record, "sampledOut"))).isEqualTo(TRACES);
      assertThat(traces).contains(ByteString.copyFrom(Spans.traceId(1, 3)));
      assertThat(traces.size()).as("one in 16, and the one of interest").isLessThan(TRACES / 4);
    }
    assertThat(numbers).hasSize(400);
  }

  private Sampler started(String instance, Map<String, Long> spansPerSecond, Duration behind) {
    Sampler sampler =
        new Sampler(
            new SamplerConfig(instance, List.of(REGION), spansPerSecond, behind),
            kafka,
            new CollectorRegistry(),
            InstantSource.system());
    sampler.start();
    return sampler;
  }

  private static final Instant WINDOW = Instant.parse("2026-03-01T12:00:00Z");

  private void tell(long spans, List<Integer> traces) {
    List<String> ids =
        traces.stream().map(number -> HexFormat.of().formatHex(Spans.traceId(1, number))).toList();
    byte[] told =
        new JsonSerde<>(TraceInterest.class).write(new TraceInterest("acme", WINDOW, spans, ids));
    send(new ProducerRecord<>(TelemetryTopics.TRACE_INTEREST.name(), told));
  }

  /** Each is followed by one of a tenant that is not sampled. */
  private void batches(int count) {
    for (int i = 0; i < count; i++) {
      send(accepted(++seq, true));
      send(accepted(seq + 1_000_000, false));
    }
    producer.flush();
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var _ = producer.send(record);
  }

  private static ProducerRecord<byte[], byte[]> accepted(long number, boolean pending) {
    byte[] body = Spans.request(1, TRACES, "");
    byte[] key = Long.toString(number).getBytes(StandardCharsets.UTF_8);
    Envelope envelope =
        new Envelope(
            BatchIdentity.of("acme", "traces", key),
            "acme",
            "traces",
            0,
            1,
            TRACES,
            WINDOW,
            "collector-1",
            body);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            TelemetryTopics.accepted(REGION).name(), null, envelope.identity().bytes(), body);
    envelope.headers().forEach(record.headers()::add);
    new Acceptance(WINDOW, REGION, "0_0", number).headers().forEach(record.headers()::add);
    if (pending) {
      Sampling.pending().forEach(record.headers()::add);
    }
    return record;
  }

  private List<ConsumerRecord<byte[], byte[]>> decided() {
    Topic topic = TelemetryTopics.kept(REGION);
    List<TopicPartition> partitions =
        IntStream.range(0, topic.partitions())
            .mapToObj(number -> new TopicPartition(topic.name(), number))
            .toList();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null, Map.of())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private static long number(ConsumerRecord<byte[], byte[]> record) {
    return Long.parseLong(text(record, "seq"));
  }

  private static int items(ConsumerRecord<byte[], byte[]> record) {
    return Integer.parseInt(text(record, "items"));
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
