// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.incident.response.Incident;
import dev.nines.incident.response.Incidents;
import dev.nines.incident.response.Timeline;
import dev.nines.objectives.ChangeEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What a page can say beyond its alerts.
 *
 * @param changes that came shortly before, the newest first
 * @param advice what the spans said of them in this run; empty until they did
 */
record Known(List<ChangeEvent> changes, String advice) {

  static Known of(Connection tx, Incident incident) throws SQLException {
    return new Known(
        RecentChanges.before(tx, incident),
        Timeline.last(tx, incident.id(), Incidents.SUSPECT, incident.burned().decidedAt())
            .orElse(""));
  }
}
