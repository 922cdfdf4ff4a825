// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes generations to {@code control.objectives}, as the catalog does. */
final class Objectives {

  private static final JsonSerde<Generation> JSON = new JsonSerde<>(Generation.class);

  private Objectives() {}

  /**
   * Before the roles that read them start, as they are made by others; nobody has a token.
   *
   * @throws BenchFailedException when Kafka refuses one: a record has its bound
   */
  static void write(String broker, List<Generation> generations) {
    KafkaClients clients = new KafkaClients(broker);
    clients.create(List.of(ObjectiveTopics.OBJECTIVES, ObjectiveTopics.TOKENS));
    try (KafkaProducer<byte[], byte[]> producer =
        clients.producer("objectives", Map.of("max.request.size", 2 << 20))) {
      for (Generation generation : generations) {
        byte[] key = generation.key().getBytes(UTF_8);
        String topic = ObjectiveTopics.OBJECTIVES.name();
        producer.send(new ProducerRecord<>(topic, key, JSON.write(generation))).get();
      }
    } catch (ExecutionException e) {
      throw new BenchFailedException("Kafka refused the objectives: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailedException("interrupted while objectives were written");
    }
  }
}
