// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.postmortem;

import dev.nines.objectives.SloId;
import java.time.Instant;
import java.util.List;

/**
 * Port: what the stores know of an incident; the server fills it. A store that is away gives {@link
 * Fact.Missing}, never an exception.
 */
public interface Evidence {

  /**
   * What to look at.
   *
   * @param scopes regions, and {@code global} for all of them
   * @param from start of the first bad slice
   * @param to when the incident was resolved, or now
   */
  record Question(SloId slo, List<String> scopes, Instant from, Instant to) {}

  /** From the SLI ledger: when it hurt, and whom. */
  Fact<Impact> impact(Question question);

  /**
   * From the SLI ledger: groups with bad events, the worst first; none where there are no groups.
   */
  Fact<List<GroupImpact>> groups(Question question);

  /** Trace ids of at most ten bad requests, spread over the scopes. */
  Fact<List<String>> exemplars(Question question);

  /** Changes of the services involved, the most suspicious first. */
  Fact<List<ChangeShare>> changes(Question question);
}
