// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import dev.nines.transport.KafkaClients;
import dev.nines.warehouse.Writer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores each record of some topics in one table exactly once, whatever is killed when: see {@link
 * SinkLoop}. It never skips a record: what can't be stored is tried again for ever, visible in
 * {@link #check}. One thread a sink.
 */
public final class ExactSink implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ExactSink.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private static final int POLL_RECORDS_MAX = 1_000;

  /** Compressed: on the heap a body is some eight times as large. */
  private static final int FETCH_BYTES_MAX = 4 << 20;

  private static final int PARTITION_FETCH_BYTES_MAX = 1 << 20;

  private final SinkTarget target;
  private final KafkaClients kafka;
  private final String instance;
  private final SinkSettings settings;
  private final BatchInsert insert;
  private final SinkStatus status;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Runnable wakeup = () -> {};

  /**
   * @param instance names the process: after a restart it gets its partitions back at once, and an
   *     older process of the same name is fenced
   */
  public ExactSink(
      SinkTarget target,
      KafkaClients kafka,
      Writer writer,
      String instance,
      SinkSettings settings,
      SinkMetrics metrics,
      InsertWatch watch,
      InstantSource clock) {
    this.target = target;
    this.kafka = kafka;
    this.instance = instance;
    this.settings = settings;
    this.insert = new BatchInsert(target, writer, metrics, watch);
    this.status = new SinkStatus(target.name(), metrics, clock);
    this.thread = Thread.ofPlatform().name(target.group()).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  public SinkHealth check() {
    return status.health();
  }

  /** Waits for the running insert; a batch that is only planned is formed again after a start. */
  @Override
  public void close() {
    stopping.countDown();
    wakeup.run();
    try {
      thread.join(settings.insertTimeout().plus(CLOSE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Root of the sink's thread: a failure of any kind ends the consumer, and a new one begins. */
  private void run() {
    BackOff backOff = new BackOff();
    boolean replaced = false;
    while (!replaced && !isStopping(backOff.orElse(Duration.ZERO))) {
      try {
        consume();
      } catch (FencedInstanceIdException e) {
        LOG.error("sink {}: another process is instance {}", target.name(), instance);
        replaced = true;
      } catch (RuntimeException e) {
        LOG.error("sink {} begins again", target.name(), e);
        if (status.health().state() == SinkHealth.State.RUNNING) {
          backOff.succeeded();
        }
        status.failed(e);
        backOff.failed();
      }
    }
    if (replaced) {
      status.replaced();
    } else {
      status.closed();
    }
  }

  private void consume() {
    Consumer<byte[], byte[]> consumer = kafka.consumer(target.group(), consumerSettings());
    try {
      wakeup = consumer::wakeup;
      SinkLoop loop = new SinkLoop(consumer, target, settings, insert, status);
      while (!isStopping(Duration.ZERO)) {
        round(loop);
      }
    } catch (WakeupException e) {
      LOG.debug("sink {} is asked to stop", target.name());
    } finally {
      wakeup = () -> {};
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  /** A member that lost its partitions drops what it holds, in the next poll, and goes on. */
  private void round(SinkLoop loop) {
    try {
      loop.round();
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.info("sink {}: partitions move: {}", target.name(), e.getMessage());
    }
  }

  private boolean isStopping(Duration wait) {
    try {
      return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * The classic protocol with an eager assignor: a commit carries the member's generation, and no
   * partition moves while its old owner may still commit.
   */
  private Map<String, Object> consumerSettings() {
    return Map.of(
        ConsumerConfig.CLIENT_ID_CONFIG,
        target.group() + "-" + instance,
        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
        instance,
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(RangeAssignor.class.getName()),
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
        (int) settings.sessionTimeout().toMillis(),
        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
        2_000,
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        POLL_RECORDS_MAX,
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
        FETCH_BYTES_MAX,
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        PARTITION_FETCH_BYTES_MAX);
  }
}
