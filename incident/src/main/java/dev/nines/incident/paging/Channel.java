// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.channels.Destination;
import java.util.Optional;

/**
 * A way to reach people.
 *
 * @param name the one named {@link #FALLBACK} is used only when others can't be reached, or when
 *     there is no other
 */
public record Channel(String tenant, String name, Destination destination) {

  public static final String FALLBACK = "fallback";

  /** What is wrong with a name; empty when nothing. */
  static Optional<String> problem(String name) {
    return name.matches("[a-z0-9][a-z0-9._-]{0,62}")
        ? Optional.empty()
        : Optional.of("name: lower case letters, digits, '.', '_', '-', at most 63");
  }
}
