// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The generations of one tenant that {@code control.objectives} has. */
public final class ObjectivesTopic {

  private static final JsonSerde<Generation> GENERATIONS = new JsonSerde<>(Generation.class);

  private final KafkaClients kafka;
  private final String tenant;

  public ObjectivesTopic(KafkaClients kafka, String tenant) {
    this.kafka = kafka;
    this.tenant = tenant;
  }

  /** As far as the topic goes now; a repeat stands twice. */
  public List<Generation> generations() {
    List<Generation> generations = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka, ObjectiveTopics.OBJECTIVES)) {
      for (Optional<TopicReader.Read> read = reader.next();
          read.isPresent();
          read = reader.next()) {
        Generation generation = GENERATIONS.read(read.get().value());
        if (generation.tenant().equals(tenant)) {
          generations.add(generation);
        }
      }
    }
    return generations;
  }
}
