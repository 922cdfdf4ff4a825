// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import io.prometheus.client.CollectorRegistry;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
public final class Parts {
  private final ActiveRoles roles;

  public Parts(ActiveRoles roles) {
    this.roles = roles;
  }

  List<Part> ofActiveRoles() {
    return roles.contains(Role.API) ? List.of() : List.of();
  }

  List<CollectorRegistry> registries() {
    return List.of();
  }
}
