// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.journal.Delivery;
import dev.nines.journal.Journal;
import dev.nines.journal.OutboxDrain;
import dev.nines.journal.OutboxMessage;
import dev.nines.journal.Outcome;
import dev.nines.transport.KafkaClients;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Carries the outbox's lane {@code control} to Kafka. Records of one key stay in order; a record
 * whose acknowledgement was lost is sent again, which changes nothing on a compacted topic.
 */
public final class ControlRelay implements AutoCloseable {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** Above the producer's own delivery timeout of 20 s, below the lease of 30 s. */
  private static final long SEND_SECONDS = 25;

  private final KafkaClients kafka;
  private final OutboxDrain drain;
  private volatile @Nullable KafkaProducer<byte[], byte[]> producer;

  public ControlRelay(Journal journal, KafkaClients kafka) {
    this.kafka = kafka;
    this.drain = new OutboxDrain(journal, OutboxDrain.Settings.of(Control.LANE), this::deliver);
  }

  public ControlRelay start() {
    producer = kafka.producer("control-relay");
    drain.start();
    return this;
  }

  /**
   * @throws IllegalStateException when the relay does not run
   */
  public void check() {
    drain.check();
  }

  @Override
  public void close() {
    drain.close();
    KafkaProducer<byte[], byte[]> open = producer;
    if (open != null) {
      open.close(Duration.ofSeconds(5));
    }
  }

  private Outcome deliver(Delivery delivery) {
    KafkaProducer<byte[], byte[]> open = producer;
    if (open == null) {
      return new Outcome.Retry(AGAIN, "the relay is not started", false);
    }
    OutboxMessage message = delivery.message();
    try {
      RecordMetadata kept =
          open.send(
                  new ProducerRecord<>(
                      message.destination(),
                      message.recordKey().getBytes(UTF_8),
                      message.payload().getBytes(UTF_8)))
              .get(SEND_SECONDS, TimeUnit.SECONDS);
      return new Outcome.Delivered("offset " + kept.offset());
    } catch (ExecutionException e) {
      return e.getCause() instanceof RecordTooLargeException
          ? new Outcome.Dead(String.valueOf(e.getCause()))
          : again(String.valueOf(e.getCause()));
    } catch (KafkaException | TimeoutException e) {
      return again(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return again("interrupted");
    }
  }

  private static Outcome again(String why) {
    return new Outcome.Retry(AGAIN, why, true);
  }
}
