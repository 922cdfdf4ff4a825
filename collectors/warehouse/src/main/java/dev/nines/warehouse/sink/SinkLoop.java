// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import dev.nines.warehouse.WarehouseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer of a sink, from subscription to close. Everything runs on the thread that polls: so
 * a revocation, which poll announces, can't overtake a running insert.
 *
 * <p>Each round: commit the planned ends in the offsets' metadata (a fenced member fails here),
 * insert, commit the new offsets. A crash between any two of them leaves the plan, and whoever gets
 * the partition forms the same batch again, under the same token.
 */
final class SinkLoop implements ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);

  /** With nothing to store; a record that comes ends the wait. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final SinkTarget target;
  private final SinkSettings settings;
  private final BatchInsert insert;
  private final SinkStatus status;
  private final BackOff backOff = new BackOff();
  private final Map<TopicPartition, PartitionQueue> queues = new HashMap<>();
  private boolean assigned;

  SinkLoop(
      Consumer<byte[], byte[]> consumer,
      SinkTarget target,
      SinkSettings settings,
      BatchInsert insert,
      SinkStatus status) {
    this.consumer = consumer;
    this.target = target;
    this.settings = settings;
    this.insert = insert;
    this.status = status;
    consumer.subscribe(target.topics(), this);
  }

  /** One round; the caller repeats it. */
  void round() {
    throttle();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(backOff.orElse(untilDue()))) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      queue(partition).add(record, System.nanoTime());
    }
    List<Batch> batches = cut();
    if (batches.isEmpty()) {
      backOff.succeeded();
    } else {
      store(batches);
    }
    if (assigned && !backOff.isActive()) {
      status.running();
    }
    status.lag(lag(), bufferedBytes());
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      Position position =
          offset == null
              ? new Position(consumer.position(partition), null, new LastSeqs())
              : Position.read(offset);
      queues.put(partition, new PartitionQueue(partition, position, target));
    }
    assigned = true;
  }

  /** No insert is running: this is called from poll, on the thread that inserts. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    queues.keySet().removeAll(partitions);
  }

  /** Another member may have the plans already; what it forms has the same tokens. */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    queues.keySet().removeAll(partitions);
  }

  /** A plan that is not fetched to its end is never due: full or not, its partition goes on. */
  private void throttle() {
    if (backOff.isActive()) {
      consumer.pause(consumer.assignment());
      return;
    }
    consumer.resume(consumer.paused());
    if (bufferedBytes() >= settings.maxBufferedBytes()) {
      Set<TopicPartition> unplanned = new HashSet<>(consumer.assignment());
      unplanned.removeIf(partition -> queue(partition).isPlanned());
      consumer.pause(unplanned);
    }
  }

  private Duration untilDue() {
    long now = System.nanoTime();
    Duration age = age();
    return queues.values().stream()
        .map(queue -> queue.untilDue(settings, age, now))
        .reduce(IDLE, (one, other) -> one.compareTo(other) < 0 ? one : other);
  }

  private Duration age() {
    if (bufferedBytes() >= settings.maxBufferedBytes()) {
      return Duration.ZERO;
    }
    return settings.ageFor((int) queues.values().stream().filter(q -> !q.isEmpty()).count());
  }

  private List<Batch> cut() {
    long now = System.nanoTime();
    Duration age = age();
    List<Batch> batches = new ArrayList<>();
    queues.forEach(
        (partition, queue) -> {
          if (queue.isDue(() -> consumer.position(partition), settings, age, now)) {
            batches.add(queue.cut(settings));
          }
        });
    return batches;
  }

  private void store(List<Batch> batches) {
    Map<TopicPartition, OffsetAndMetadata> plans = new HashMap<>();
    batches.forEach(batch -> plans.put(batch.partition(), batch.position().committed()));
    consumer.commitSync(plans);

    Map<Batch, Position> stored = new HashMap<>();
    try {
      for (Batch batch : batches) {
        stored.put(batch, insert.store(batch));
      }
      backOff.succeeded();
      status.stored();
    } catch (WarehouseException e) {
      LOG.warn("sink {}: {}", target.name(), e.getMessage());
      backOff.failed();
      status.failed(e);
    }
    finish(stored);
  }

  private void finish(Map<Batch, Position> stored) {
    if (stored.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    stored.forEach((batch, after) -> done.put(batch.partition(), after.committed()));
    consumer.commitSync(done);
    long now = System.nanoTime();
    stored.forEach((batch, after) -> queue(batch.partition()).stored(batch, after, now));
  }

  private long lag() {
    long lag = 0;
    for (Map.Entry<TopicPartition, PartitionQueue> entry : queues.entrySet()) {
      OptionalLong unread = consumer.currentLag(entry.getKey());
      lag += unread.orElse(0) + entry.getValue().size();
    }
    return lag;
  }

  private long bufferedBytes() {
    return queues.values().stream().mapToLong(PartitionQueue::bytes).sum();
  }

  private PartitionQueue queue(TopicPartition partition) {
    PartitionQueue queue = queues.get(partition);
    if (queue == null) {
      throw new IllegalStateException("record of a partition not assigned: " + partition);
    }
    return queue;
  }
}
