// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Writes counts of the past to {@code sli.counts}, beside those of extraction. */
public final class PastRecords implements AutoCloseable {

  /** The broker takes 1 MiB of a batch, which cells come to as an eighth of this. */
  private static final int BYTES_MAX = 4 << 20;

  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);
  private static final JsonSerde<CountRecord> JSON = new JsonSerde<>(CountRecord.class);

  private final KafkaProducer<byte[], byte[]> producer;

  public PastRecords(KafkaClients kafka) {
    this.producer =
        kafka.producer("back-fill", Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, BYTES_MAX));
  }

  /**
   * Returns when all replicas have it.
   *
   * @return false when it is too long; it was not taken then
   * @throws KafkaException when that is not known
   */
  public boolean send(Past past) {
    byte[] key = past.slo().id().whole().toString().getBytes(UTF_8);
    byte[] value = JSON.write(past);
    try {
      producer.send(new ProducerRecord<>(ObjectiveTopics.SLI_COUNTS.name(), key, value)).get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException) {
        return false;
      }
      throw new KafkaException("a back-fill was not sent", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while a back-fill was sent", e);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSES_WITHIN);
  }
}
