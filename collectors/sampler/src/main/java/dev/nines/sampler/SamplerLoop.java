// SPDX-License-Identifier: Apache-2.0
package dev.nines.sampler;

import dev.nines.telemetry.Acceptance;
import dev.nines.telemetry.Sampling;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.telemetry.TraceInterest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One life of the sampler's consumer and producer; any failure ends it, and the next one goes on
 * from what was committed. What is decided of a poll and its offsets are one transaction. A batch
 * that is not due yet is not held: its partition goes back to it, and pauses.
 */
final class SamplerLoop {

  private static final Duration POLL = Duration.ofMillis(100);

  /** A partition that waits lets some batches become due together. */
  private static final Duration TOGETHER = Duration.ofSeconds(1);

  /** Of a partition before the slowest, in log-append time. */
  private static final Duration AHEAD_MAX = Duration.ofMinutes(1);

  private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final SamplerConfig config;
  private final InterestLog log;
  private final Decision decision;
  private final SamplerMetrics metrics;
  private final InstantSource clock;
  private final Map<TopicPartition, Instant> waiting = new HashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final Map<TopicPartition, Instant> reached = new HashMap<>();
  private Instant committedAt = Instant.EPOCH;

  /**
   * @param producer whose transactions were initialised
   */
  SamplerLoop(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      SamplerConfig config,
      InterestLog log,
      Decision decision,
      SamplerMetrics metrics,
      InstantSource clock) {
    this.consumer = consumer;
    this.producer = producer;
    this.config = config;
    this.log = log;
    this.decision = decision;
    this.metrics = metrics;
    this.clock = clock;
    consumer.subscribe(
        config.regions().stream().map(region -> TelemetryTopics.accepted(region).name()).toList());
  }

  /** One round; the caller repeats it. */
  void round() {
    wake();
    List<ConsumerRecord<byte[], byte[]>> due = due(consumer.poll(POLL));
    List<Instant> times = due.stream().filter(SamplerLoop::isPending).map(SamplerLoop::at).toList();
    if (times.isEmpty()) {
      metrics.overdueSeconds.set(0);
      commitEnds();
      return;
    }
    Instant oldest = Collections.min(times);
    log.read(oldest, Collections.max(times).plus(config.behind()));
    decide(due);
    Duration late = Duration.between(oldest, clock.instant()).minus(config.behind());
    metrics.overdueSeconds.set(late.toMillis() / 1_000.0);
  }

  private void decide(List<ConsumerRecord<byte[], byte[]>> due) {
    producer.beginTransaction();
    Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : due) {
      if (isPending(record)) {
        var _ = producer.send(decided(record)); // a failure fails the commit
      }
      done.put(place(record), new OffsetAndMetadata(record.offset() + 1));
    }
    producer.sendOffsetsToTransaction(done, consumer.groupMetadata());
    producer.commitTransaction();
  }

  /**
   * Where nothing was to be decided. Behind the last record are marks of transactions: who asks for
   * our lag should see none.
   */
  private void commitEnds() {
    Instant now = clock.instant();
    if (Duration.between(committedAt, now).abs().compareTo(COMMIT_EVERY) < 0) {
      return;
    }
    committedAt = now;
    Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      long position = consumer.position(partition);
      Long before = committed.put(partition, position);
      if (before == null || before != position) {
        ends.put(partition, new OffsetAndMetadata(position));
      }
    }
    if (!ends.isEmpty()) {
      consumer.commitSync(ends);
    }
  }

  private void wake() {
    Instant now = clock.instant();
    Set<TopicPartition> ready = new HashSet<>(consumer.paused());
    ready.removeIf(partition -> waiting.getOrDefault(partition, now).isAfter(now));
    consumer.resume(ready);
    waiting.keySet().removeAll(ready);
    waiting.keySet().retainAll(consumer.assignment());
    committed.keySet().retainAll(consumer.assignment());
    reached.keySet().retainAll(consumer.assignment());
  }

  /** Those that are; the partitions of the others wait for them. */
  private List<ConsumerRecord<byte[], byte[]>> due(ConsumerRecords<byte[], byte[]> polled) {
    Instant now = clock.instant();
    List<ConsumerRecord<byte[], byte[]>> due = new ArrayList<>();
    for (TopicPartition partition : polled.partitions()) {
      Instant limit = limit(partition);
      for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
        Instant dueAt = at(record).plus(config.behind());
        if (dueAt.isAfter(now) || at(record).isAfter(limit)) {
          consumer.seek(partition, record.offset());
          consumer.pause(List.of(partition));
          waiting.put(partition, dueAt.isAfter(now) ? dueAt.plus(TOGETHER) : now.plus(TOGETHER));
          break;
        }
        reached.put(partition, at(record));
        due.add(record);
      }
    }
    return due;
  }

  /**
   * How far a partition may go before the slowest one that has work: behind an outage, what made
   * traces interesting is remembered for the time of all of them or of none.
   */
  private Instant limit(TopicPartition partition) {
    return consumer.assignment().stream()
        .filter(other -> !other.equals(partition) && reached.containsKey(other))
        .filter(other -> consumer.currentLag(other).orElse(0) > 0 && !waiting.containsKey(other))
        .map(reached::get)
        .min(Instant::compareTo)
        .map(slowest -> slowest.plus(AHEAD_MAX))
        .orElse(Instant.MAX);
  }

  private ProducerRecord<byte[], byte[]> decided(ConsumerRecord<byte[], byte[]> record) {
    Acceptance acceptance = Acceptance.read(headers(record));
    String tenant = text(record, "tenant");
    Decision.Decided decided =
        decision.decide(tenant, TraceInterest.window(acceptance.appendedAt()), record.value());
    int kept = decided.selected().kept();
    int leftOut = decided.selected().leftOut();
    metrics.interesting.inc(decided.interesting());
    metrics.byHash.inc((double) kept - decided.interesting());
    metrics.sampledOut.inc(leftOut);
    Headers headers = new RecordHeaders(record.headers());
    headers.remove(Sampling.PENDING);
    Sampling.decided(kept, leftOut).forEach((name, value) -> headers.remove(name).add(name, value));
    return new ProducerRecord<>(
        TelemetryTopics.kept(acceptance.region()).name(),
        record.partition(),
        null,
        record.key(),
        decided.selected().body(),
        headers);
  }

  private static boolean isPending(ConsumerRecord<byte[], byte[]> record) {
    return Sampling.isPending(headers(record));
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    byte @Nullable [] value = headers(record).apply(name);
    if (value == null) {
      throw new IllegalArgumentException("record without header " + name);
    }
    return new String(value, StandardCharsets.UTF_8);
  }

  private static Function<String, byte @Nullable []> headers(
      ConsumerRecord<byte[], byte[]> record) {
    return name -> {
      Header header = record.headers().lastHeader(name);
      return header == null ? null : header.value();
    };
  }

  private static Instant at(ConsumerRecord<byte[], byte[]> record) {
    return Instant.ofEpochMilli(record.timestamp());
  }

  private static TopicPartition place(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
