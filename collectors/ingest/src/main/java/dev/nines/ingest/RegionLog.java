// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.Progress;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Where one collector writes: its region's topics, through one idempotent producer. Records to one
 * partition keep their order, so a progress record never overtakes a batch that it covers.
 */
final class RegionLog implements AutoCloseable {

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final KafkaClients kafka;
  private final CollectorConfig config;
  private final IngestLimits limits;
  private final Topic in;
  private volatile @Nullable KafkaProducer<byte[], byte[]> producer;

  RegionLog(KafkaClients kafka, CollectorConfig config, IngestLimits limits) {
    this.kafka = kafka;
    this.config = config;
    this.limits = limits;
    this.in = TelemetryTopics.in(config.region());
  }

  /**
   * Creates missing topics, then the producer; waits for Kafka for as long as its clients do.
   *
   * @throws KafkaException or IllegalStateException when Kafka is away
   */
  void open() {
    Topic accepted = TelemetryTopics.accepted(config.region());
    kafka.create(List.of(in, accepted, TelemetryTopics.ACCOUNTING));
    producer = kafka.producer("ingest-" + config.task(), settings());
  }

  boolean isOpen() {
    return producer != null;
  }

  /** Blocks while the producer's buffer is full, up to its {@code max.block.ms}. */
  Future<RecordMetadata> send(Envelope part) {
    return send(
        new ProducerRecord<>(in.name(), part.identity().bytes(), part.body()), part.headers());
  }

  Future<RecordMetadata> send(Progress progress, int partition) {
    return send(new ProducerRecord<>(in.name(), partition, null, new byte[0]), progress.headers());
  }

  Future<RecordMetadata> sendAccounting(byte[] key, byte[] entry) {
    return send(new ProducerRecord<>(TelemetryTopics.ACCOUNTING.name(), key, entry), Map.of());
  }

  @Override
  public void close() {
    KafkaProducer<byte[], byte[]> open = producer;
    if (open != null) {
      open.close(CLOSE_WAIT);
    }
  }

  /** A record is tried about twice within its time, over other connections. */
  private Map<String, Object> settings() {
    int ackMillis = (int) limits.ackTimeout().toMillis();
    return Map.of(
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        limits.producerBufferBytes(),
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        ackMillis,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        ackMillis / 2);
  }

  private Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, Map<String, byte[]> headers) {
    headers.forEach(record.headers()::add);
    KafkaProducer<byte[], byte[]> open = producer;
    if (open == null) {
      return CompletableFuture.failedFuture(new KafkaException("Kafka has not answered yet"));
    }
    try {
      return open.send(record);
    } catch (KafkaException | IllegalStateException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
