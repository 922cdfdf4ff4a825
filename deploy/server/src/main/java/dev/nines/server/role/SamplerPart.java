// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.sampler.Sampler;
import dev.nines.sampler.SamplerConfig;
import dev.nines.server.Checks;
import dev.nines.server.KafkaReach;
import dev.nines.server.NinesConfig;
import dev.nines.server.Part;
import dev.nines.server.Registries;
import dev.nines.server.Role;
import dev.nines.server.Stores;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Role sampler. */
@Singleton
public final class SamplerPart implements Part {

  private final KafkaReach kafka;
  private final Sampler sampler;

  public SamplerPart(
      NinesConfig config,
      Stores stores,
      Registries registries,
      KafkaReach kafka,
      InstantSource clock) {
    this.kafka = kafka;
    SamplerConfig settings =
        new SamplerConfig(
            config.instance(),
            config.regions(),
            spansPerSecond(config.sampling()),
            config.sampling().behind());
    sampler = new Sampler(settings, stores.kafka(), registries.of(Role.SAMPLER), clock);
  }

  /** Budgets of the tenants that are sampled. */
  static Map<String, Long> spansPerSecond(NinesConfig.Sampling sampling) {
    return sampling.tenants().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().spansPerSecond()));
  }

  @Override
  public String name() {
    return "sampler";
  }

  @Override
  public void start() {
    sampler.start();
  }

  @Override
  public Optional<String> check() {
    return Checks.complaint(sampler.check()).or(kafka::complaint);
  }

  @Override
  public void close() {
    sampler.close();
  }
}
