// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.incident.EventPublisher;
import dev.nines.transport.KafkaClients;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Puts incident's projections on Kafka; its producer is made at the first one. */
@Singleton
final class KafkaEvents implements EventPublisher {

  /** Above the producer's own delivery timeout of 20 s, below the outbox lease of 30 s. */
  private static final long SEND_SECONDS = 25;

  private final KafkaClients kafka;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  KafkaEvents(Stores stores) {
    kafka = stores.kafka();
  }

  @Override
  public Optional<String> publish(String topic, String key, String json) {
    try {
      producer()
          .send(new ProducerRecord<>(topic, key.getBytes(UTF_8), json.getBytes(UTF_8)))
          .get(SEND_SECONDS, TimeUnit.SECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(String.valueOf(e.getCause()));
    } catch (KafkaException | TimeoutException e) {
      return Optional.of(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private synchronized KafkaProducer<byte[], byte[]> producer() {
    if (producer == null) {
      producer = kafka.producer("incident-events");
    }
    return producer;
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
    }
  }
}
