// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import io.prometheus.client.CollectorRegistry;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One metrics registry a role; an inactive role has none. */
@Singleton
public final class Registries {

  private final Map<Role, CollectorRegistry> registries = new EnumMap<>(Role.class);

  public synchronized CollectorRegistry of(Role role) {
    return registries.computeIfAbsent(role, key -> new CollectorRegistry());
  }

  public synchronized Collection<CollectorRegistry> all() {
    return List.copyOf(registries.values());
  }
}
