// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import dev.nines.journal.Journal;
import dev.nines.journal.JournalUnavailable;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code slo.burn} and turns its changes into alerts. Alerts and the offset behind them
 * commit together in PostgreSQL; signs of life touch no database.
 */
public final class BurnConsumer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BurnConsumer.class);
  private static final String GROUP = "nines-delivery";
  private static final String TOPIC = ObjectiveTopics.SLO_BURN.name();
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long BACK_OFF_NANOS = 500_000_000;

  /** Stretches without a change are skipped after a restart at the cost of reading this many. */
  private static final long SAVE_EVERY_RECORDS = 60;

  private final KafkaClients kafka;
  private final Journal journal;
  private final Alerts alerts;
  private final InstantSource clock;
  private final String platformTenant;
  private final BlindWatch watch;
  private final JsonSerde<BurnRecord> serde = new JsonSerde<>(BurnRecord.class);
  private final Counter records;
  private final Gauge blind;
  private volatile @Nullable Thread loop;
  private volatile @Nullable RuntimeException failure;
  private volatile boolean closed;

  /**
   * @param platformTenant whose people are told when evaluation is blind
   */
  public BurnConsumer(
      KafkaClients kafka,
      Journal journal,
      Alerts alerts,
      String platformTenant,
      InstantSource clock,
      CollectorRegistry registry) {
    this(kafka, journal, alerts, platformTenant, clock, registry, BlindWatch.LIMIT);
  }

  BurnConsumer(
      KafkaClients kafka,
      Journal journal,
      Alerts alerts,
      String platformTenant,
      InstantSource clock,
      CollectorRegistry registry,
      Duration blindAfter) {
    this.kafka = kafka;
    this.journal = journal;
    this.alerts = alerts;
    this.platformTenant = platformTenant;
    this.clock = clock;
    this.watch = new BlindWatch(blindAfter, clock.instant());
    this.records =
        Counter.build("nines_delivery_records_total", "Records of slo.burn by kind")
            .labelNames("kind")
            .register(registry);
    records.labels("set_aside");
    this.blind =
        Gauge.build("nines_delivery_blind_parts", "Parts of evaluation without a sign of life")
            .register(registry);
  }

  public BurnConsumer start() {
    loop = Thread.ofVirtual().name("burn-consumer").start(this::run);
    return this;
  }

  /**
   * @throws IllegalStateException when the consumer does not run
   */
  public void check() {
    Thread running = loop;
    if (running == null || !running.isAlive()) {
      throw new IllegalStateException("the consumer of " + TOPIC + " has ended", failure);
    }
    RuntimeException why = failure;
    if (why != null) {
      throw new IllegalStateException("the consumer of " + TOPIC + " begins again: " + why, why);
    }
  }

  @Override
  public void close() {
    closed = true;
    Thread running = loop;
    if (running != null) {
      try {
        running.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Root of the thread: a failure of any kind ends the consumer, and a new one begins. */
  private void run() {
    while (!closed) {
      try {
        consume();
      } catch (RuntimeException e) {
        failure = e;
        log.error("the consumer of {} ends, another one begins", TOPIC, e);
        LockSupport.parkNanos(BACK_OFF_NANOS);
      }
    }
  }

  private void consume() {
    Map<String, Object> eager =
        Map.of(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
    try (Consumer<byte[], byte[]> consumer = kafka.consumer(GROUP, eager)) {
      consumer.subscribe(List.of(TOPIC), new Assignment(consumer));
      while (!closed) {
        turn(consumer);
        failure = null;
      }
    }
  }

  private void turn(Consumer<byte[], byte[]> consumer) {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> batch = polled.records(partition);
      try {
        take(partition, batch);
      } catch (JournalUnavailable e) {
        log.warn("alerts of {} wait for PostgreSQL: {}", partition, e.getMessage());
        consumer.seek(partition, batch.getFirst().offset());
        LockSupport.parkNanos(BACK_OFF_NANOS);
      }
    }
    watch();
  }

  void take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> batch) {
    boolean worth = false;
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      if (read(record) instanceof BurnRecord.Alive) {
        watch.alive(partition.partition(), clock.instant());
        worth |= record.offset() % SAVE_EVERY_RECORDS == 0;
      } else {
        worth = true;
      }
    }
    if (worth) {
      journal.transact(tx -> store(tx, partition, batch));
    }
  }

  private long store(
      Connection tx, TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> batch)
      throws SQLException {
    long done = BurnOffsets.lock(tx, partition);
    long next = Math.max(done, batch.getLast().offset() + 1);
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      if (record.offset() >= done) {
        store(tx, record);
      }
    }
    BurnOffsets.save(tx, partition, next);
    return next;
  }

  private void store(Connection tx, ConsumerRecord<byte[], byte[]> record) throws SQLException {
    BurnRecord read = read(record);
    if (read == null) {
      records.labels("set_aside").inc();
      log.error("{}-{}@{} is no burn record", TOPIC, record.partition(), record.offset());
      BurnOffsets.setAside(tx, record, "not a BurnRecord");
      return;
    }
    switch (read) {
      case BurnRecord.Alive alive -> records.labels("alive").inc();
      case BurnRecord.Change change -> {
        records.labels("change").inc();
        alerts.observe(tx, Observation.of(change));
      }
      case BurnRecord.Vanished vanished -> {
        records.labels("vanished").inc();
        alerts.observe(tx, Observation.of(vanished));
      }
    }
  }

  /** Null for what is not a burn record. */
  private @Nullable BurnRecord read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return null;
    }
    try {
      return serde.read(record.value());
    } catch (SerializationException e) {
      return null;
    }
  }

  private void watch() {
    Instant now = clock.instant();
    blind.set(watch.blind(now));
    for (BlindWatch.Turn turn : watch.turns(now)) {
      BurnRecord.State state = turn.blind() ? BurnRecord.State.FIRING : BurnRecord.State.RESOLVED;
      Observation seen = Observation.blind(platformTenant, turn.part(), state, turn.since(), now);
      try {
        journal.transact(tx -> alerts.observe(tx, seen));
        watch.told(turn);
      } catch (JournalUnavailable e) {
        log.warn("blindness of {} waits for PostgreSQL: {}", turn.part(), e.getMessage());
      }
    }
  }

  /** Starts each partition where the alerts end. */
  private final class Assignment implements ConsumerRebalanceListener {

    private final Consumer<byte[], byte[]> consumer;

    Assignment(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // Nothing is held between two polls.
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        consumer.seek(partition, position(partition));
      }
      watch.assigned(partitions.stream().map(TopicPartition::partition).toList(), clock.instant());
    }

    private long position(TopicPartition partition) {
      while (true) {
        try {
          return journal.transact(tx -> BurnOffsets.lock(tx, partition));
        } catch (JournalUnavailable e) {
          if (closed) {
            throw e;
          }
          log.warn("{} waits for PostgreSQL: {}", partition, e.getMessage());
          LockSupport.parkNanos(BACK_OFF_NANOS);
        }
      }
    }
  }
}
