// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.access;

import dev.nines.objectives.access.Principal;
import java.util.Optional;

/**
 * Who a token belongs to. Filled from PostgreSQL where there is one, else from the control topic.
 */
@FunctionalInterface
public interface TokenDirectory {
  Optional<Principal> find(String token);
}
