// SPDX-License-Identifier: Apache-2.0
package dev.nines.sampler;

import dev.nines.telemetry.Sampling;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.Check;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.Topic;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role sampler: of tenants that are sampled it decides which spans are stored, exactly once
 * over any crash. An older process of the same instance ends. One thread; more processes share the
 * partitions. Without such tenants, now and before, it does nothing.
 */
public final class Sampler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  /** Between two heartbeats, and how many are waited for. */
  private static final Duration HEARTBEAT = Duration.ofMillis(1_500);

  private static final int HEARTBEATS = 2;

  /** Traces that one sampler remembers: some 12 MB. */
  private static final int INTERESTS_MAX = 200_000;

  /** Bounds what one round holds, whatever its records are of. */
  private static final int POLL_RECORDS_MAX = 100;

  private static final int FETCH_BYTES_MAX = 4 << 20;
  private static final int PARTITION_FETCH_BYTES_MAX = 1 << 20;

  private final SamplerConfig config;
  private final KafkaClients kafka;
  private final SamplerMetrics metrics;
  private final InstantSource clock;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Check check = new Check.Closed();
  private volatile Runnable wakeup = () -> {};

  public Sampler(
      SamplerConfig config, KafkaClients kafka, CollectorRegistry registry, InstantSource clock) {
    this.config = config;
    this.kafka = kafka;
    this.metrics = new SamplerMetrics(registry);
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("sampler").unstarted(this::run);
  }

  /** Returns at once; {@link #check} tells when it decides. */
  public void start() {
    check = new Check.Starting("waits for Kafka");
    thread.start();
  }

  public Check check() {
    return check;
  }

  /** Waits for the running transaction. */
  @Override
  public void close() {
    stopping.countDown();
    wakeup.run();
    try {
      thread.join(CLOSE.multipliedBy(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    check = new Check.Closed();
  }

  /** Root of the thread: a failure of any kind ends the clients, and new ones begin. */
  private void run() {
    Duration wait = Duration.ZERO;
    while (!isStopping(wait)) {
      try {
        if (isIdle()) {
          check = new Check.Running();
          return;
        }
        live();
      } catch (FencedInstanceIdException e) {
        LOG.error("sampler: another process is instance {}", config.instance());
        check = new Check.Failed("another process is instance " + config.instance());
        return;
      } catch (RuntimeException e) {
        LOG.warn("sampler begins again", e);
        metrics.failures.inc();
        check = new Check.Failed(String.valueOf(e.getMessage()));
      }
      wait = AGAIN;
    }
  }

  /**
   * Without tenants it only decides what was left to it when there were some: before it let a batch
   * wait, extraction made that topic.
   */
  private boolean isIdle() {
    if (!config.spansPerSecond().isEmpty()) {
      return false;
    }
    return !kafka.exists(TelemetryTopics.TRACE_INTEREST);
  }

  private void live() {
    kafka.create(topics());
    Volumes volumes = new Volumes(config.spansPerSecond(), metrics.unknownWindows);
    Interests interests = new Interests(INTERESTS_MAX, metrics.forgotten);
    String name = Sampling.GROUP + "-" + config.instance();
    Consumer<byte[], byte[]> told = kafka.consumer(null, Map.of());
    Producer<byte[], byte[]> producer = kafka.producer(name, producerSettings(name));
    Consumer<byte[], byte[]> consumer = kafka.consumer(Sampling.GROUP, consumerSettings(name));
    try {
      wakeup =
          () -> {
            consumer.wakeup();
            told.wakeup();
          };
      producer.initTransactions();
      InterestLog log = new InterestLog(told, volumes, interests);
      Decision decision = new Decision(volumes, interests);
      SamplerLoop loop = new SamplerLoop(consumer, producer, config, log, decision, metrics, clock);
      while (!isStopping(Duration.ZERO)) {
        loop.round();
        metrics.interests.set(interests.size());
        check = new Check.Running();
      }
    } catch (WakeupException e) {
      LOG.debug("the sampler is asked to stop");
    } catch (FencedInstanceIdException e) {
      throw e;
    } catch (KafkaException e) {
      if (!consumer.subscription().isEmpty()) {
        askGroup(consumer);
      }
      throw e;
    } finally {
      wakeup = () -> {};
      producer.close(CLOSE);
      consumer.close(CloseOptions.timeout(CLOSE));
      told.close(CloseOptions.timeout(CLOSE));
    }
  }

  /**
   * A transaction that took too long is fenced as that of a process is that was replaced. Only the
   * group knows whether another process has this name.
   *
   * @throws FencedInstanceIdException when one has
   */
  private static void askGroup(Consumer<byte[], byte[]> consumer) {
    for (int i = 0; i < HEARTBEATS; i++) {
      consumer.pause(consumer.assignment());
      consumer.poll(HEARTBEAT);
    }
  }

  private List<Topic> topics() {
    List<Topic> topics = new ArrayList<>();
    topics.add(TelemetryTopics.TRACE_INTEREST);
    for (String region : config.regions()) {
      topics.add(TelemetryTopics.accepted(region));
      topics.add(TelemetryTopics.kept(region));
    }
    return topics;
  }

  private boolean isStopping(Duration wait) {
    try {
      return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static Map<String, Object> producerSettings(String name) {
    return Map.of(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        name,
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        10_000,
        ProducerConfig.LINGER_MS_CONFIG,
        5,
        // A trace state more a span: compressed it is nothing, and so it is for the broker.
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        4 << 20);
  }

  private static Map<String, Object> consumerSettings(String name) {
    return Map.of(
        ConsumerConfig.CLIENT_ID_CONFIG,
        name,
        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
        name,
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        POLL_RECORDS_MAX,
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
        FETCH_BYTES_MAX,
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        PARTITION_FETCH_BYTES_MAX);
  }
}
