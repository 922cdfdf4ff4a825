// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.postmortem;

import dev.nines.incident.paging.PageLog;
import dev.nines.incident.response.Incident;
import dev.nines.incident.response.Timeline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of one incident at one time.
 *
 * @param findings null for an incident of the platform itself
 * @param auditRows numbers and hashes of its audit rows
 */
record Dossier(
    Incident incident,
    @Nullable Findings findings,
    List<Timeline.Row> timeline,
    List<PageLog.Attempt> pages,
    List<String> auditRows,
    Instant writtenAt) {

  /** What the stores said. */
  record Findings(
      Fact<Impact> impact,
      Fact<List<GroupImpact>> groups,
      Fact<List<String>> exemplars,
      Fact<List<ChangeShare>> changes) {

    boolean complete() {
      return known(impact) && known(groups) && known(exemplars) && known(changes);
    }

    private static boolean known(Fact<?> fact) {
      return fact instanceof Fact.Known<?>;
    }
  }

  boolean complete() {
    return findings == null || findings.complete();
  }
}
