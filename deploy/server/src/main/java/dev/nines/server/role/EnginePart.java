// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.evaluation.Evaluation;
import dev.nines.evaluation.EvaluationConfig;
import dev.nines.server.Checks;
import dev.nines.server.KafkaReach;
import dev.nines.server.NinesConfig;
import dev.nines.server.Part;
import dev.nines.server.Registries;
import dev.nines.server.Role;
import dev.nines.server.Stores;
import dev.nines.transport.HeldState;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Role engine. */
@Singleton
public final class EnginePart implements Part {

  private final KafkaReach kafka;
  private final Evaluation evaluation;
  private final boolean shared;

  public EnginePart(NinesConfig config, Stores stores, Registries registries, KafkaReach kafka) {
    this.kafka = kafka;
    shared = config.instances() > 1;
    evaluation =
        new Evaluation(
            EvaluationConfig.of(
                    config.kafka().bootstrapServers(),
                    stores.folder("evaluation"),
                    config.instance())
                .withInstances(config.instances()),
            stores.rocks(),
            registries.of(Role.ENGINE));
  }

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public void start() {
    evaluation.start();
  }

  @Override
  public Optional<String> check() {
    return Checks.complaint(evaluation.check()).or(kafka::complaint);
  }

  @Override
  public Optional<String> note() {
    return shared ? evaluation.held().map(HeldState::sentence) : Optional.empty();
  }

  @Override
  public void close() {
    evaluation.close();
  }
}
