// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.server.health.Health;
import dev.nines.server.health.PartGauges;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Starts the parts of the active roles in order, and stops them in reverse. */
@Singleton
public final class Server {

  private final NinesConfig config;
  private final Parts parts;
  private final Registries registries;
  private final List<Part> running = new CopyOnWriteArrayList<>();

  public Server(NinesConfig config, Parts parts, Registries registries) {
    this.config = config;
    this.parts = parts;
    this.registries = registries;
    PartGauges gauges =
        new PartGauges(
            () ->
                running.stream()
                    .map(part -> new PartGauges.Part(part.name(), () -> part.check().isEmpty())));
    registries.process().register(gauges);
  }

  void start(@Observes StartupEvent event) {
    if (config.watchStdin()) {
      StdinWatch.start(System.in);
    }
    for (Part part : parts.ofActiveRoles()) {
      running.add(part);
      part.start();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    for (Part part : List.copyOf(running).reversed()) {
      part.close();
      running.remove(part);
    }
  }

  /** What every running part says of itself. */
  public Health health() {
    Map<String, String> words = new LinkedHashMap<>();
    boolean well = true;
    for (Part part : running) {
      var complaint = part.check();
      words.put(part.name(), complaint.or(part::note).orElse("UP"));
      well &= complaint.isEmpty();
    }
    return new Health(well ? "UP" : "DOWN", words);
  }

  public Collection<CollectorRegistry> registries() {
    return registries.all();
  }
}
