// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What one process can do. An inactive role opens no connection and answers 404. */
public enum Role {
  COLLECTOR,
  EXTRACTION,
  ENGINE,
  ARCHIVE,
  API,
  ALERTING,
  INCIDENT,
  PROBER,
  SAMPLER;

  /**
   * Reads {@code nines.roles}: names, or {@code all}.
   *
   * @throws IllegalArgumentException naming the word that is no role
   */
  public static Set<Role> parse(List<String> names) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : names) {
      roles.addAll(name.equals("all") ? EnumSet.allOf(Role.class) : EnumSet.of(named(name)));
    }
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("nines.roles is empty; roles are " + all());
    }
    return roles;
  }

  private static Role named(String name) {
    return Arrays.stream(values())
        .filter(role -> role.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "nines.roles: '" + name + "' is no role; roles are all, " + all()));
  }

  private static String all() {
    return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "));
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
