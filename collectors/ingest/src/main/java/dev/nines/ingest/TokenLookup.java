// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.util.Optional;

/** Port: who a bearer token belongs to, answered from what the region has, without the master. */
@FunctionalInterface
public interface TokenLookup {
  Optional<Grant> find(String token);
}
