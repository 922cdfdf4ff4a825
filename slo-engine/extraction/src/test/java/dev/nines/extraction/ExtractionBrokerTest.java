// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SpanPredicate;
import dev.nines.telemetry.Acceptance;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.Progress;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.Check;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.RocksMemory;
import dev.nines.transport.Topic;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The role on a real broker: SIGKILL of the broker and restarts of the role change no number. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtractionBrokerTest {

  private static final Duration LONG = Duration.ofSeconds(40);

  private Path data;
  private KafkaProcess broker;
  private KafkaClients kafka;
  private RocksMemory memory;

  @BeforeAll
  void start(@TempDir Path folder) {
    data = folder;
    broker = KafkaProcess.start(data.resolve("kafka"));
    kafka = new KafkaClients(broker.bootstrapServers());
    memory = new RocksMemory(64L << 20);
    kafka.create(List.of(ObjectiveTopics.OBJECTIVES, TelemetryTopics.in("eu")));
    publish();
  }

  @AfterAll
  void stop() throws Exception {
    memory.close();
    broker.close();
  }

  @Test
  void everyBatchCountsOnceOverKillsAndRestarts() throws Exception {
    List<Envelope> sent = new ArrayList<>();
    try (Extraction first = started()) {
      send(sent, 100);
      await().atMost(LONG).until(() -> total() >= 50);
      broker.kill();
      broker.restart();
      send(sent, 100);
      await().atMost(LONG).until(() -> total() == 200);
      assertThat(first.check()).isInstanceOf(Check.Running.class);
    }
    try (Extraction second = started()) {
      repeat(sent);
      send(sent, 50);
      await().atMost(LONG).until(() -> total() == 250);
      assertThat(second.check()).isInstanceOf(Check.Running.class);
    }
    List<ConsumerRecord<byte[], byte[]>> accepted =
        read(TelemetryTopics.accepted("eu")).stream()
            .filter(record -> signal(record).equals(Envelope.TRACES))
            .toList();
    assertThat(accepted).hasSize(250);
    Set<String> numbers = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : accepted) {
      Acceptance acceptance = Acceptance.read(name -> record.headers().lastHeader(name).value());
      assertThat(acceptance.task()).endsWith("_" + record.partition());
      assertThat(numbers.add(acceptance.task() + "/" + acceptance.seq())).isTrue();
    }
    assertThat(total()).as("counts of 250 batches of one span each").isEqualTo(250);
  }

  /**
   * Points of one series come in any partition, over kills; progress of metrics covers them all.
   */
  @Test
  void everyIncrementCountsOnceAndBeforeItsProgress() throws Exception {
    Instant base = Instant.now().minusSeconds(60);
    try (Extraction first = started()) {
      for (int export = 1; export <= 10; export++) {
        orders(base, export);
      }
      await().atMost(LONG).until(() -> total("orders") > 0);
      broker.kill();
      broker.restart();
      for (int export = 11; export <= 15; export++) {
        orders(base, export);
      }
      assertThat(first.check()).isNotInstanceOf(Check.Closed.class);
    }
    Instant last = Instant.now();
    try (Extraction second = started()) {
      for (int export = 16; export <= 20; export++) {
        orders(base, export);
      }
      report(last);
      await().atMost(LONG).until(() -> seriesReached(last) == 4);
      assertThat(second.check()).isInstanceOf(Check.Running.class);
    }
    assertThat(total("orders")).as("3 pods, 20 exports of 10 orders each").isEqualTo(600);
    assertThat(good("orders")).isEqualTo(540);
  }

  /** Total and failed of three pods, in a batch each. */
  private void orders(Instant base, int export) throws Exception {
    List<Envelope> batches = new ArrayList<>();
    Instant time = base.plusSeconds(export);
    for (int pod = 0; pod < 3; pod++) {
      String name = "pod-" + pod;
      batches.add(
          Points.batch("checkout", Points.counter("orders", name, base, time, 10L * export)));
      batches.add(
          Points.batch("checkout", Points.counter("orders.failed", name, base, time, export)));
    }
    repeat(batches);
  }

  private void report(Instant sentAt) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = kafka.producer("ingest")) {
      for (int partition = 0; partition < TelemetryTopics.REGIONAL_PARTITIONS; partition++) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(
                TelemetryTopics.in("eu").name(), partition, new byte[0], new byte[0]);
        new Progress("collector-1", 1, sentAt, false).headers().forEach(record.headers()::add);
        producer.send(record).get();
      }
    }
  }

  /** Partitions of the second stage that told of progress to there, in each of sli.counts. */
  private long seriesReached(Instant sentAt) {
    return counts().stream()
            .filter(CountRecord.CompleteTo.class::isInstance)
            .map(CountRecord.CompleteTo.class::cast)
            .filter(record -> record.series() && record.progressAt().equals(millis(sentAt)))
            .count()
        / ObjectiveTopics.SLI_COUNTS.partitions();
  }

  private static Instant millis(Instant time) {
    return Instant.ofEpochMilli(time.toEpochMilli());
  }

  private Extraction started() {
    ExtractionConfig config =
        ExtractionConfig.of(broker.bootstrapServers(), List.of("eu"), data.resolve("state"), "0");
    Extraction extraction = new Extraction(config, memory, new CollectorRegistry());
    extraction.start();
    return extraction;
  }

  private void publish() {
    Generation generation =
        Traffic.generation(
            1,
            Instant.EPOCH,
            Traffic.slo("checkout", 1, "checkout", new SpanPredicate.StatusError()),
            Points.orders("orders", 1));
    byte[] value = new JsonSerde<>(Generation.class).write(generation);
    try (KafkaProducer<byte[], byte[]> producer = kafka.producer("catalog")) {
      producer
          .send(
              new ProducerRecord<>(
                  ObjectiveTopics.OBJECTIVES.name(), generation.key().getBytes(), value))
          .get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(List<Envelope> sent, int batches) throws Exception {
    List<Envelope> next = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      Instant end = Instant.now().minusMillis(sent.size() + i);
      String operation = "pay-" + (sent.size() + i);
      byte[] body = Traffic.body("checkout", Traffic.span(operation, end, false));
      next.add(Traffic.envelope(body, 1));
    }
    repeat(next);
    sent.addAll(next);
  }

  private void repeat(List<Envelope> batches) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = kafka.producer("ingest")) {
      // A busy machine takes longer to tell where the topic is than a producer of ours waits.
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> !producer.partitionsFor(TelemetryTopics.in("eu").name()).isEmpty());
      for (Envelope batch : batches) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(
                TelemetryTopics.in("eu").name(), batch.identity().bytes(), batch.body());
        batch.headers().forEach(record.headers()::add);
        producer.send(record).get();
      }
    }
  }

  private long total() {
    return total("checkout");
  }

  private long total(String slo) {
    return cells(slo).mapToLong(CountRecord.Cell::total).sum();
  }

  private long good(String slo) {
    return cells(slo).mapToLong(CountRecord.Cell::good).sum();
  }

  private Stream<CountRecord.Cell> cells(String slo) {
    return counts().stream()
        .filter(CountRecord.Counts.class::isInstance)
        .map(CountRecord.Counts.class::cast)
        .filter(record -> record.slo().name().equals(slo))
        .flatMap(record -> record.cells().stream());
  }

  private static String signal(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader("signal").value(), UTF_8);
  }

  private List<CountRecord> counts() {
    JsonSerde<CountRecord> json = new JsonSerde<>(CountRecord.class);
    return read(ObjectiveTopics.SLI_COUNTS).stream()
        .map(record -> json.read(record.value()))
        .toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null, java.util.Map.of())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
