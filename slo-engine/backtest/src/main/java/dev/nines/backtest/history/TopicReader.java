// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import dev.nines.transport.KafkaClients;
import dev.nines.transport.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads topics from their beginning to the ends that they had at the start. */
public final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  /** A broker that gives nothing for so long has no more: also a transaction may stay open. */
  private static final int EMPTY_POLLS_MAX = 60;

  /** A partition that others are behind is not read further. */
  private static final int WAITING_BYTES_MAX = 512 << 10;

  private static final Map<String, Object> SMALL =
      Map.of(
          ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 256 << 10,
          ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20,
          ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ToLongFunction<Read> at;
  private final Map<TopicPartition, Waiting> partitions = new LinkedHashMap<>();
  private final Map<TopicPartition, Long> ends;
  private int emptyPolls;

  /**
   * @param at epoch milliseconds of the log
   */
  public record Read(
      int partition, long offset, long at, byte[] key, byte[] value, Headers headers) {}

  public TopicReader(KafkaClients kafka, Topic topic) {
    this(kafka, List.of(topic), Read::at);
  }

  /**
   * @param at when what a record holds came, epoch milliseconds
   */
  TopicReader(KafkaClients kafka, Collection<Topic> topics, ToLongFunction<Read> at) {
    this.at = at;
    this.consumer = kafka.consumer(null, SMALL);
    List<TopicPartition> all =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    this.ends = consumer.endOffsets(all);
    Map<String, Duration> retentions =
        topics.stream().collect(Collectors.toMap(Topic::name, Topic::retention));
    consumer
        .beginningOffsets(all)
        .forEach(
            (partition, first) ->
                partitions.put(
                    partition, new Waiting(first > 0, retentions.get(partition.topic()))));
  }

  public Collection<TopicPartition> partitions() {
    return partitions.keySet();
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
    while (true) {
      for (Waiting waiting : partitions.values()) {
        if (!waiting.reads.isEmpty()) {
          return waiting.take();
        }
      }
      if (partitions.keySet().stream().allMatch(this::finished)) {
        return Optional.empty();
      }
      poll();
    }
  }

  /** The next record of one partition, as {@link #next()}. */
  public Optional<Read> next(TopicPartition partition) {
    Waiting waiting = waiting(partition);
    while (waiting.reads.isEmpty() && !finished(partition)) {
      poll();
    }
    return waiting.take();
  }

  /**
   * From there on, epoch milliseconds, nothing is gone of any partition; empty where retention took
   * nothing. Known once each has been asked for a record.
   */
  OptionalLong wholeFrom(Instant now) {
    return partitions.values().stream()
        .filter(waiting -> waiting.cut)
        .mapToLong(waiting -> waiting.wholeFrom(now))
        .max();
  }

  private void poll() {
    if (emptyPolls == EMPTY_POLLS_MAX) {
      throw new KafkaException("no record came for 30 s: " + ends);
    }
    partitions.forEach(
        (partition, waiting) -> {
          if (waiting.bytes > WAITING_BYTES_MAX) {
            consumer.pause(List.of(partition));
          } else {
            consumer.resume(List.of(partition));
          }
        });
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
    records.forEach(this::keep);
  }

  private void keep(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    long end = ends.getOrDefault(partition, 0L);
    if (record.offset() < end && record.value() != null) {
      Read read =
          new Read(
              record.partition(),
              record.offset(),
              record.timestamp(),
              record.key(),
              record.value(),
              record.headers());
      waiting(partition).add(read, at);
    }
  }

  private boolean finished(TopicPartition partition) {
    return consumer.position(partition) >= ends.getOrDefault(partition, 0L);
  }

  private Waiting waiting(TopicPartition partition) {
    Waiting waiting = partitions.get(partition);
    if (waiting == null) {
      throw new IllegalArgumentException("not read: " + partition);
    }
    return waiting;
  }

  @Override
  public void close() {
    consumer.close();
  }

  /** What was read of a partition, and not given yet. */
  private static final class Waiting {

    private final Deque<Read> reads = new ArrayDeque<>();
    private final boolean cut;
    private final @Nullable Duration retention;
    private OptionalLong firstAt = OptionalLong.empty();
    private long bytes;

    /**
     * @param cut retention took something from the beginning
     */
    Waiting(boolean cut, @Nullable Duration retention) {
      this.cut = cut;
      this.retention = retention;
    }

    /** What was lost where nothing is left is older than its topic keeps. */
    long wholeFrom(Instant now) {
      return firstAt.orElseGet(() -> now.minus(Objects.requireNonNull(retention)).toEpochMilli());
    }

    void add(Read read, ToLongFunction<Read> at) {
      if (firstAt.isEmpty()) {
        firstAt = OptionalLong.of(at.applyAsLong(read));
      }
      reads.add(read);
      bytes += read.value().length;
    }

    Optional<Read> take() {
      Optional<Read> read = Optional.ofNullable(reads.poll());
      read.ifPresent(taken -> bytes -= taken.value().length);
      return read;
    }
  }
}
