// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.extraction.Extraction;
import dev.nines.extraction.ExtractionConfig;
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

/** Role extraction. */
@Singleton
public final class ExtractionPart implements Part {

  private final KafkaReach kafka;
  private final Extraction extraction;
  private final boolean shared;

  public ExtractionPart(
      NinesConfig config, Stores stores, Registries registries, KafkaReach kafka) {
    this.kafka = kafka;
    shared = config.instances() > 1;
    ExtractionConfig settings =
        ExtractionConfig.of(
                config.kafka().bootstrapServers(),
                config.regions(),
                stores.folder("extraction"),
                config.instance())
            .withInstances(config.instances())
            .withLateness(config.lateness())
            .withSampled(config.sampling().tenants().keySet());
    extraction = new Extraction(settings, stores.rocks(), registries.of(Role.EXTRACTION));
  }

  @Override
  public String name() {
    return "extraction";
  }

  @Override
  public void start() {
    extraction.start();
  }

  @Override
  public Optional<String> check() {
    return Checks.complaint(extraction.check()).or(kafka::complaint);
  }

  @Override
  public Optional<String> note() {
    return shared ? extraction.held().map(HeldState::sentence) : Optional.empty();
  }

  @Override
  public void close() {
    extraction.close();
  }
}
