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
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads all of {@code trace.interest} from a time on: every sampler knows all of it. */
final class InterestLog {

  /** Of a trace whose batches are decided now, some may have been told of before. */
  private static final Duration BEFORE = Duration.ofMinutes(1);

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
   * Reads to the present end.
   *
   * @param first log-append time of the oldest batch that is to be decided; when that lies before
   *     what was read, all is read again from there
   */
  void read(Instant first) {
    Instant from = first.minus(BEFORE);
    if (covered == null || from.isBefore(covered)) {
      begin(from);
      covered = from;
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(PARTITIONS);
    while (!hasRead(ends)) {
      consumer.poll(POLL).forEach(record -> take(JSON.read(record.value())));
    }
  }

  private boolean hasRead(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void begin(Instant from) {
    volumes.clear();
    interests.clear();
    Map<TopicPartition, Long> times = new HashMap<>();
    PARTITIONS.forEach(partition -> times.put(partition, from.toEpochMilli()));
    Map<TopicPartition, @Nullable OffsetAndTimestamp> found =
        new HashMap<>(consumer.offsetsForTimes(times));
    for (TopicPartition partition : PARTITIONS) {
      @Nullable OffsetAndTimestamp at = found.get(partition);
      if (at == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, at.offset());
      }
    }
  }

  private void take(TraceInterest told) {
    volumes.add(told);
    told.traces().forEach(trace -> interests.add(HexFormat.of().parseHex(trace)));
  }
}
