// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.access;

import dev.nines.objectives.access.Principal.Right;
import dev.nines.server.Role;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One REST method and who may call it.
 *
 * @param method {@code Resource.method}
 * @param roles a process with any of these serves it; others answer 404
 */
public record Endpoint(String method, Set<Role> roles, Right right) {

  public Endpoint {
    roles = Set.copyOf(roles);
  }

  static Endpoint of(String method, Role role, Right right) {
    return new Endpoint(method, Set.of(role), right);
  }

  /** Served by every process, whatever its roles. */
  static Endpoint everywhere(String method, Right right) {
    return new Endpoint(method, EnumSet.allOf(Role.class), right);
  }

  boolean servedBy(Predicate<Role> active) {
    return roles.stream().anyMatch(active);
  }

  /** The roles as a person writes them. */
  public String roleWords() {
    return roles.stream().map(Role::word).sorted().collect(Collectors.joining(" or "));
  }
}
