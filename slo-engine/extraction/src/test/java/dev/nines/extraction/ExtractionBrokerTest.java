// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SpanPredicate;
import dev.nines.telemetry.Acceptance;
import dev.nines.telemetry.Envelope;
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
    List<ConsumerRecord<byte[], byte[]>> accepted = read(TelemetryTopics.accepted("eu"));
    assertThat(accepted).hasSize(250);
    Set<String> numbers = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : accepted) {
      Acceptance acceptance = Acceptance.read(name -> record.headers().lastHeader(name).value());
      assertThat(acceptance.task()).endsWith("_" + record.partition());
      assertThat(numbers.add(acceptance.task() + "/" + acceptance.seq())).isTrue();
    }
    assertThat(total()).as("counts of 250 batches of one span each").isEqualTo(250);
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
            Traffic.slo("checkout", 1, "checkout", new SpanPredicate.StatusError()));
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
    JsonSerde<CountRecord> json = new JsonSerde<>(CountRecord.class);
    return read(ObjectiveTopics.SLI_COUNTS).stream()
        .map(record -> json.read(record.value()))
        .filter(CountRecord.Counts.class::isInstance)
        .flatMap(record -> ((CountRecord.Counts) record).cells().stream())
        .mapToLong(CountRecord.Cell::total)
        .sum();
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
