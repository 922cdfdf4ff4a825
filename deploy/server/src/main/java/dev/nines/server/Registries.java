// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.GarbageCollectorExports;
import io.prometheus.client.hotspot.MemoryPoolsExports;
import io.prometheus.client.hotspot.StandardExports;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One metrics registry a role, and one of the process; an inactive role has none. */
@Singleton
public final class Registries {

  private final Map<Role, CollectorRegistry> registries = new EnumMap<>(Role.class);

  private final CollectorRegistry process = new CollectorRegistry();

  public Registries() {
    process.register(new StandardExports());
    process.register(new MemoryPoolsExports());
    process.register(new GarbageCollectorExports());
  }

  public synchronized CollectorRegistry of(Role role) {
    return registries.computeIfAbsent(role, key -> new CollectorRegistry());
  }

  /** Of the process itself, whatever its roles: memory, files, start, how its parts are. */
  public CollectorRegistry process() {
    return process;
  }

  public synchronized Collection<CollectorRegistry> all() {
    List<CollectorRegistry> all = new ArrayList<>(registries.values());
    all.add(process);
    return all;
  }
}
