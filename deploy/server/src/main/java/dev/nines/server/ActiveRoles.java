// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** The roles that this process plays. Read late: the access filter is made before the settings. */
@ApplicationScoped
public final class ActiveRoles {

  private final Set<Role> roles;

  public ActiveRoles(NinesConfig config) {
    roles = Role.parse(config.roles());
    // "all" is every role that has something to do: without probes there is nothing to probe.
    if (config.roles().contains("all") && config.probes().isEmpty()) {
      roles.remove(Role.PROBER);
    }
  }

  public boolean contains(Role role) {
    return roles.contains(role);
  }

  /** Whether this process plays that role and no other. */
  public boolean only(Role role) {
    return roles.equals(Set.of(role));
  }
}
