// SPDX-License-Identifier: Apache-2.0
package dev.nines.sampler;

import dev.nines.telemetry.TelemetryTopics;
import dev.nines.telemetry.TraceInterest;
import dev.nines.transport.JsonSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads {@code trace.interest} from a time on, of all tenants and regions. */
final class InterestLog {

  /** Of a trace whose batches are decided now, some may have been told of before. */
  private static final Duration BEFORE = Duration.ofMinutes(1);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final JsonSerde<TraceInterest> JSON = new JsonSerde<>(TraceInterest.class);
  private static final List<TopicPartition> PARTITIONS =
      IntStream.range(0, TelemetryTopics.TRACE_INTEREST.partitions())
          .mapToObj(number -> new TopicPartition(TelemetryTopics.TRACE_INTEREST.name(), number))
          .toList();

  private final Consumer<byte[], byte[]> consumer;
  private final Volumes volumes;
  private final Interests interests;
  private @Nullable Instant covered;

  /**
   * @param consumer without a group
   */
  InterestLog(Consumer<byte[], byte[]> consumer, Volumes volumes, Interests interests) {
    this.consumer = consumer;
    this.volumes = volumes;
    this.interests = interests;
    consumer.assign(PARTITIONS);
  }

  /**
   * Reads what was appended up to a time.
   *
   * @param first log-append time of the oldest batch that is to be decided; when that lies before
   *     what was read, all is read again from there
   * @param until what came later is for later: behind an outage it would push out what is needed
   * @throws KafkaException when that takes too long
   */
  void read(Instant first, Instant until) {
    Instant from = first.minus(BEFORE);
    if (covered == null || from.isBefore(covered)) {
      begin(from);
      covered = from;
    }
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(PARTITIONS));
    long began = System.nanoTime();
    while (!hasRead(ends)) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      polled.partitions().forEach(each -> take(each, polled.records(each), until, ends));
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        throw new KafkaException("trace.interest cannot be read to its end");
      }
    }
  }

  private boolean hasRead(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** Goes back to the first record that is for later, which is the end for this time. */
  private void take(
      TopicPartition partition,
      List<ConsumerRecord<byte[], byte[]>> records,
      Instant until,
      Map<TopicPartition, Long> ends) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.timestamp() > until.toEpochMilli()) {
        consumer.seek(partition, record.offset());
        ends.put(partition, record.offset());
        return;
      }
      take(JSON.read(record.value()));
    }
  }

  private void begin(Instant from) {
    volumes.clear();
    interests.clear();
    Map<TopicPartition, Long> ends = consumer.endOffsets(PARTITIONS);
    Map<TopicPartition, Long> times = new HashMap<>();
    PARTITIONS.forEach(partition -> times.put(partition, from.toEpochMilli()));
    Map<TopicPartition, @Nullable OffsetAndTimestamp> found =
        new HashMap<>(consumer.offsetsForTimes(times));
    for (TopicPartition partition : PARTITIONS) {
      @Nullable OffsetAndTimestamp at = found.get(partition);
      consumer.seek(partition, at == null ? ends.get(partition) : at.offset());
    }
  }

  private void take(TraceInterest told) {
    volumes.add(told);
    told.traces().forEach(trace -> interests.add(HexFormat.of().parseHex(trace)));
  }
}
