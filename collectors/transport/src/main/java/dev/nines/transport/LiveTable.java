// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a compacted topic from its beginning with an own consumer, first to its end, then for
 * ever. After an error it reads again from the beginning: the receiver must take repeats.
 */
public final class LiveTable implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveTable.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /** Until the end of reading is reached, of which no record may tell. */
  private static final Duration READING = Duration.ofMillis(200);

  /** Afterwards; a record that comes ends the wait, and so does {@link #close}. */
  private static final Duration FOLLOWING = Duration.ofSeconds(5);

  private final KafkaClients kafka;
  private final Topic topic;
  private final Consumer<ConsumerRecord<byte[], byte[]>> receiver;
  private final CountDownLatch complete = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private volatile Runnable wakeup = () -> {};
  private volatile @Nullable String failure;

  /**
   * @param receiver called by one thread, in order per partition; a null value is a deletion
   */
  public LiveTable(
      KafkaClients kafka, Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
    this.kafka = kafka;
    this.topic = topic;
    this.receiver = receiver;
  }

  /** Starts reading, once; returns at once. */
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name("table-" + topic.name()).start(this::run);
    }
  }

  /** The end that the topic had when reading began was received. */
  public boolean complete() {
    return complete.getCount() == 0;
  }

  public Check check() {
    Thread reader = thread;
    if (reader == null || closing.getCount() == 0) {
      return new Check.Closed();
    }
    String why = failure;
    if (why != null || !reader.isAlive()) {
      return new Check.Failed(why == null ? "the reader of " + topic.name() + " ended" : why);
    }
    return complete() ? new Check.Running() : new Check.Starting("reading " + topic.name());
  }

  /**
   * Starts reading once, and waits until the topic's present end was received.
   *
   * @throws IllegalStateException when that takes longer than the timeout
   */
  public void awaitComplete(Duration timeout) {
    start();
    try {
      if (!complete.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("topic " + topic.name() + " not read within " + timeout);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + topic.name(), e);
    }
  }

  @Override
  public synchronized void close() {
    closing.countDown();
    Thread reader = thread;
    if (reader != null) {
      wakeup.run();
      // Woken up it ends, unless it waits for a broker that is gone.
      StreamsRole.join(reader, CLOSE_TIMEOUT);
      reader.interrupt();
    }
  }

  private void run() {
    try {
      do {
        follow();
      } while (!closing.await(1, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null, Map.of())) {
      wakeup = consumer::wakeup;
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        failure = topic.name() + " does not exist yet";
        return;
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      failure = null;
      read(consumer, ends);
    } catch (InterruptException | WakeupException e) {
      LOG.debug("{}: reading ended", topic.name());
    } catch (KafkaException e) {
      failure = topic.name() + ": " + e.getMessage();
      LOG.warn("{}: read again from its beginning", topic.name(), e);
    } finally {
      wakeup = () -> {};
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    try {
      while (closing.getCount() > 0) {
        consumer.poll(complete() ? FOLLOWING : READING).forEach(receiver);
        failure = null;
        if (complete.getCount() > 0 && reached(consumer, ends)) {
          complete.countDown();
        }
      }
    } catch (InterruptException e) {
      // Only close() interrupts; with the flag set the consumer could not close in order.
      Thread.interrupted();
    }
  }

  private static boolean reached(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
