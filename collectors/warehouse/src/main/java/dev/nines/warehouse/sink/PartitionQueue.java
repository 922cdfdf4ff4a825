// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records of one assigned partition that wait, and its position. A batch is a prefix of the queue:
 * after a crash the same prefix is formed again from the plan.
 */
final class PartitionQueue {

  private static final byte[] NOTHING = {};
  private static final Duration NEVER = Duration.ofDays(1);

  private final TopicPartition partition;
  private final SinkTarget target;
  private final ArrayDeque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
  private Position position;
  private long bytes;
  private long rows;
  private long oldestNanos;

  PartitionQueue(TopicPartition partition, Position position, SinkTarget target) {
    this.partition = partition;
    this.position = position;
    this.target = target;
  }

  void add(ConsumerRecord<byte[], byte[]> record, long nowNanos) {
    if (records.isEmpty()) {
      oldestNanos = nowNanos;
    }
    int given = target.current().rows(record);
    ConsumerRecord<byte[], byte[]> kept = given == 0 ? withoutValue(record) : record;
    records.add(kept);
    bytes += size(kept);
    rows += given;
  }

  /** A topic holds signals of other sinks, which would fill the memory of this one. */
  private static ConsumerRecord<byte[], byte[]> withoutValue(
      ConsumerRecord<byte[], byte[]> record) {
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.timestampType(),
        record.serializedKeySize(),
        0,
        record.key(),
        NOTHING,
        record.headers(),
        record.leaderEpoch());
  }

  /**
   * @param fetched offset up to which the consumer has read the partition
   */
  boolean isDue(LongSupplier fetched, SinkSettings settings, Duration age, long nowNanos) {
    Plan plan = position.plan();
    if (plan != null) {
      return fetched.getAsLong() > plan.last();
    }
    return !records.isEmpty() && (isFull(settings) || nowNanos - oldestNanos >= age.toNanos());
  }

  /** Until its records are due; a plan waits for records and not for time. */
  Duration untilDue(SinkSettings settings, Duration age, long nowNanos) {
    if (records.isEmpty() || isPlanned()) {
      return NEVER;
    }
    if (isFull(settings)) {
      return Duration.ZERO;
    }
    return Duration.ofNanos(Math.max(0, age.toNanos() - (nowNanos - oldestNanos)));
  }

  private boolean isFull(SinkSettings settings) {
    return rows >= settings.maxRows() || bytes >= settings.maxBytes();
  }

  /** The batch to store next; the position now announces it. */
  Batch cut(SinkSettings settings) {
    Plan plan = position.plan();
    List<ConsumerRecord<byte[], byte[]>> prefix =
        plan == null ? upTo(settings) : through(plan.last());
    if (plan == null) {
      plan = new Plan(prefix.getLast().offset(), target.current().version());
      position = new Position(position.next(), plan, position.seqs());
    }
    return new Batch(partition, position, plan, prefix);
  }

  /** The batch is stored and committed: goes on behind it. */
  void stored(Batch batch, Position after, long nowNanos) {
    for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
      records.remove();
      bytes -= size(record);
      rows -= target.current().rows(record);
    }
    position = after;
    oldestNanos = nowNanos;
  }

  /** A batch of a life before is to be formed again. */
  boolean isPlanned() {
    return position.plan() != null;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  int size() {
    return records.size();
  }

  long bytes() {
    return bytes;
  }

  private List<ConsumerRecord<byte[], byte[]>> upTo(SinkSettings settings) {
    List<ConsumerRecord<byte[], byte[]>> prefix = new ArrayList<>();
    long prefixRows = 0;
    long prefixBytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      prefix.add(record);
      prefixRows += target.current().rows(record);
      prefixBytes += size(record);
      if (prefixRows >= settings.maxRows() || prefixBytes >= settings.maxBytes()) {
        break;
      }
    }
    return prefix;
  }

  private List<ConsumerRecord<byte[], byte[]>> through(long last) {
    List<ConsumerRecord<byte[], byte[]>> prefix = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.offset() > last) {
        break;
      }
      prefix.add(record);
    }
    return prefix;
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    return value == null ? 0 : value.length;
  }
}
