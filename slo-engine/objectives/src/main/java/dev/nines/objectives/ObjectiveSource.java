// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.time.Instant;
import java.util.Optional;

/** Port to the definitions of SLOs; the catalog answers. */
public interface ObjectiveSource {

  /** As it was in force at an instant. */
  Optional<Slo> inForce(SloId slo, Instant at);
}
