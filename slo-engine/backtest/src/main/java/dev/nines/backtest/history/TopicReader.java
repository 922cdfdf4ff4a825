// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import dev.nines.transport.KafkaClients;
import dev.nines.transport.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads partitions of a topic from their beginning to the ends that they had at the start. */
public final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  /** A broker that gives nothing for so long has no more: also a transaction may stay open. */
  private static final int EMPTY_POLLS_MAX = 60;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;
  private final boolean cut;
  private final Deque<Read> buffer = new ArrayDeque<>();

  /**
   * @param at epoch milliseconds of the log
   */
  public record Read(int partition, long offset, long at, byte[] value) {}

  public TopicReader(KafkaClients kafka, Topic topic) {
    this(kafka, partitions(kafka, topic));
  }

  TopicReader(KafkaClients kafka, List<TopicPartition> partitions) {
    this.consumer = kafka.consumer(null, Map.of());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    this.ends = consumer.endOffsets(partitions);
    this.cut = consumer.beginningOffsets(partitions).values().stream().anyMatch(first -> first > 0);
  }

  static List<TopicPartition> partitions(KafkaClients kafka, Topic topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null, Map.of())) {
      return consumer.partitionsFor(topic.name()).stream()
          .map(info -> new TopicPartition(info.topic(), info.partition()))
          .toList();
    }
  }

  /** Retention took something from the beginning. */
  public boolean cut() {
    return cut;
  }

  /** Offsets after the last record that is read, by partition. */
  public Map<TopicPartition, Long> ends() {
    return ends;
  }

  /**
   * The next record of any partition; empty at the end.
   *
   * @throws KafkaException when the broker stops giving records before the end
   */
  public Optional<Read> next() {
    for (int polls = 0; buffer.isEmpty() && !finished(); polls++) {
      if (polls == EMPTY_POLLS_MAX) {
        throw new KafkaException("no record came for 30 s: " + ends);
      }
      consumer.poll(POLL).forEach(this::buffer);
    }
    return Optional.ofNullable(buffer.poll());
  }

  private void buffer(ConsumerRecord<byte[], byte[]> record) {
    Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
    if (end != null && record.offset() < end && record.value() != null) {
      buffer.add(new Read(record.partition(), record.offset(), record.timestamp(), record.value()));
    }
  }

  private boolean finished() {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
