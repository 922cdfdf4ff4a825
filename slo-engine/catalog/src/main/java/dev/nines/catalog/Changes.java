// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxMessage;
import dev.nines.journal.Sql;
import dev.nines.objectives.ChangeEvent;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.access.Principal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What people did to services; never changed once written. */
public final class Changes {

  /** Rows of one answer; the newest are kept. */
  public static final int ROWS_MAX = 1_000;

  private final Journal journal;
  private final InstantSource clock;
  private final Control control = new Control();
  private final Outbox outbox = new Outbox();

  public Changes(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Keeps it, sends it to {@code control.changes}, and tells incident, which needs no Kafka. */
  public void record(Principal caller, ChangeEvent change) {
    journal.transact(
        tx -> {
          Instant now = clock.instant();
          Sql.update(
              tx,
              """
              INSERT INTO change_event (tenant, id, service, version, region, kind, summary, at,
                created_by, created_at)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
              change.tenant(),
              change.id(),
              change.service(),
              change.version(),
              change.region(),
              change.kind(),
              change.summary(),
              change.at(),
              caller.name(),
              now);
          outbox.put(
              tx,
              new OutboxMessage(
                  ChangeEvent.LANE,
                  change.id(),
                  ChangeEvent.LANE,
                  "",
                  Json.write(change),
                  Instant.EPOCH));
          control.write(
              tx,
              ObjectiveTopics.CHANGES,
              change.id(),
              "1",
              change,
              new AuditTrail.Entry(
                  change.tenant(),
                  caller.name(),
                  "change.record",
                  "change/" + change.id(),
                  Json.write(change),
                  now));
          return change;
        });
  }

  /**
   * Newest first, at most {@link #ROWS_MAX}.
   *
   * @param to exclusive
   * @param service empty for all
   */
  public List<ChangeEvent> find(String tenant, Instant from, Instant to, String service) {
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                """
                SELECT id, tenant, service, version, region, kind, summary, at FROM change_event
                WHERE tenant = ? AND at >= ? AND at < ? AND (? = '' OR service = ?)
                ORDER BY at DESC, id LIMIT ?""",
                Changes::change,
                tenant,
                from,
                to,
                service,
                service,
                ROWS_MAX));
  }

  private static ChangeEvent change(ResultSet row) throws SQLException {
    return new ChangeEvent(
        row.getString("id"),
        row.getString("tenant"),
        row.getString("service"),
        row.getString("version"),
        row.getString("region"),
        row.getString("kind"),
        row.getString("summary"),
        Sql.instant(row, "at"));
  }
}
