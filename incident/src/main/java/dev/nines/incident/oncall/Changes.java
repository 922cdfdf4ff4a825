// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Changes to who is woken: one at a time in a tenant, so that no name is left without a bearer. */
public final class Changes {

  private final Journal journal;
  private final AuditTrail audit;

  public Changes(Journal journal, AuditTrail audit) {
    this.journal = journal;
    this.audit = audit;
  }

  /** Looks, and writes when it may. */
  interface Change {
    Answer apply(Connection tx, Instant now) throws SQLException;
  }

  Answer in(String tenant, Change change) {
    return journal.transact(
        tx -> {
          Sql.lock(tx, "oncall/" + tenant);
          return change.apply(tx, Sql.now(tx));
        });
  }

  /** Comes last in a change. */
  void audit(
      Connection tx,
      String tenant,
      String who,
      String action,
      String subject,
      Object detail,
      Instant now) {
    audit.append(tx, new AuditTrail.Entry(tenant, who, action, subject, Json.write(detail), now));
  }
}
