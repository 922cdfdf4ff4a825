// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.transport.KafkaClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Follows {@code slo.status} as the API does, and notes when what it waits for is there to see. */
final class StatusWatch implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();
  private final List<Double> millis = new ArrayList<>();
  private final Thread thread;

  StatusWatch(String bootstrapServers) {
    consumer = new KafkaClients(bootstrapServers).consumer(null, Map.of());
    List<TopicPartition> partitions =
        consumer.partitionsFor(ObjectiveTopics.SLO_STATUS.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    thread = Thread.ofPlatform().name("status-watch").start(this::follow);
  }

  /** A budget whose status must come to have so many events in all. */
  private record Awaited(long runTotal, long acknowledgedNanos) {}

  /** Kafka has just acknowledged the record with which a budget has so many events. */
  void acknowledged(String key, long runTotal) {
    awaited.put(key, new Awaited(runTotal, System.nanoTime()));
  }

  /** How many are still awaited. */
  int missing() {
    return awaited.size();
  }

  /** From each acknowledgement until the budget was there to see. */
  synchronized List<Double> millis() {
    return List.copyOf(millis);
  }

  static long runTotal(byte[] status) {
    try {
      return JSON.readTree(status).get("runTotal").longValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void follow() {
    try (consumer) {
      while (true) {
        consumer.poll(POLL).forEach(this::see);
      }
    } catch (WakeupException e) {
      // It is closed.
    }
  }

  private void see(ConsumerRecord<byte[], byte[]> status) {
    String key = new String(status.key(), UTF_8);
    Awaited one = awaited.get(key);
    if (one != null && runTotal(status.value()) >= one.runTotal()) {
      long now = System.nanoTime();
      awaited.remove(key);
      synchronized (this) {
        millis.add((now - one.acknowledgedNanos()) / 1e6);
      }
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
