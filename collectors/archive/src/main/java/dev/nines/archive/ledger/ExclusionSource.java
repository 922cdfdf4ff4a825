// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.ledger;

import dev.nines.objectives.Slo;
import dev.nines.objectives.sla.Exclusion;
import java.time.Instant;
import java.util.List;

/** Port to what was declared excluded; the catalog answers. */
public interface ExclusionSource {

  /**
   * Of the SLO's budget, touching [from, to): approved by an instant, and not withdrawn then; at
   * most 10,000.
   */
  List<Exclusion> approved(Slo slo, Instant from, Instant to, Instant knownAt);
}
