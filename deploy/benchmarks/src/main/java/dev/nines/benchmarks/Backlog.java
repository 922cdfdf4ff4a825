// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes backlogs: what is written between {@link #begin} and {@link #show} is one transaction, and
 * a reader, which reads what is committed, sees all of it at once. One group works it off.
 */
final class Backlog implements AutoCloseable {

  private static final Duration DRAINED_WITHIN = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final KafkaLog log;
  private final String topic;
  private final String group;
  private final KafkaProducer<byte[], byte[]> producer;

  Backlog(String bootstrapServers, KafkaLog log, String topic, String group) {
    this.log = log;
    this.topic = topic;
    this.group = group;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "compression.type",
                "lz4",
                "batch.size",
                256 << 10,
                "linger.ms",
                5,
                "transactional.id",
                "backlog-" + topic,
                "transaction.timeout.ms",
                600_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  void begin() {
    producer.beginTransaction();
  }

  /** Whether Kafka takes it is said by {@link #show}. */
  void write(ProducerRecord<byte[], byte[]> record) {
    var _ = producer.send(record);
  }

  /** Kafka has it all on disk or in its cache; nobody sees it yet. */
  void settle() {
    producer.flush();
  }

  /**
   * @throws BenchFailedException when Kafka refused a record
   */
  void show() {
    try {
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw new BenchFailedException("Kafka refused a backlog: " + e);
    }
  }

  /** Returns once the group has committed all of it. */
  void awaitDrained() {
    long until = System.nanoTime() + DRAINED_WITHIN.toNanos();
    while (log.behind(group, topic) > 0) {
      if (System.nanoTime() > until) {
        throw new BenchFailedException(
            "%s is still %,d records behind in %s"
                .formatted(group, log.behind(group, topic), topic));
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
