// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import java.time.Instant;

/**
 * An override: somebody has the duty whatever the layers say, from {@code from} and before {@code
 * to}. Of several that hold, the one written last counts.
 */
public record Cover(String id, String user, Instant from, Instant to) {

  boolean holds(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(to);
  }
}
