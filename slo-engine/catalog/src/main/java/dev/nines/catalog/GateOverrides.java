// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import dev.nines.objectives.access.Principal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Who opened the gate of a service, until when and why. */
public final class GateOverrides {

  private static final int ROWS_MAX = 1_000;

  private final Journal journal;
  private final InstantSource clock;
  private final AuditTrail audit = new AuditTrail();

  public GateOverrides(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * @param by whose token made it
   */
  public record Opening(
      String id, String service, Instant from, Instant until, String reason, String by) {}

  public void open(Principal caller, Opening made) {
    journal.transact(
        tx -> {
          Sql.update(
              tx,
              """
              INSERT INTO gate_override (tenant, id, service, from_at, until_at, reason, created_by)
              VALUES (?, ?, ?, ?, ?, ?, ?)""",
              caller.tenant(),
              made.id(),
              made.service(),
              made.from(),
              made.until(),
              made.reason(),
              made.by());
          audit.append(
              tx, entry(caller, "gate.override", made.id(), Json.write(made), made.from()));
          return made;
        });
  }

  /** False when there is none of that id in force. */
  public boolean close(Principal caller, String id) {
    return journal.transact(
        tx -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          int changed =
              Sql.update(
                  tx,
                  """
                  UPDATE gate_override SET until_at = ?
                  WHERE tenant = ? AND id = ? AND until_at > ?""",
                  now,
                  caller.tenant(),
                  id,
                  now);
          if (changed > 0) {
            audit.append(tx, entry(caller, "gate.close", id, "{}", now));
          }
          return changed > 0;
        });
  }

  /** Those in force, the last made first. */
  public List<Opening> inForce(String tenant) {
    Instant now = clock.instant();
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                """
                SELECT id, service, from_at, until_at, reason, created_by FROM gate_override
                WHERE tenant = ? AND until_at > ? ORDER BY from_at DESC, id LIMIT\s"""
                    + ROWS_MAX,
                GateOverrides::made,
                tenant,
                now));
  }

  /** The one that opens the gate of a service. */
  public Optional<Opening> of(String tenant, String service) {
    Instant now = clock.instant();
    return journal
        .transact(
            tx ->
                Sql.rows(
                    tx,
                    """
                    SELECT id, service, from_at, until_at, reason, created_by FROM gate_override
                    WHERE tenant = ? AND service = ? AND until_at > ?
                    ORDER BY from_at DESC, id LIMIT 1""",
                    GateOverrides::made,
                    tenant,
                    service,
                    now))
        .stream()
        .findFirst();
  }

  /** That a change went through a closed gate is on record. */
  public void used(Principal caller, Opening made, String decision) {
    journal.transact(
        tx -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          audit.append(tx, entry(caller, "gate.pass", made.id(), decision, now));
          return made;
        });
  }

  private static Opening made(ResultSet row) throws SQLException {
    return new Opening(
        row.getString("id"),
        row.getString("service"),
        Sql.instant(row, "from_at"),
        Sql.instant(row, "until_at"),
        row.getString("reason"),
        row.getString("created_by"));
  }

  private static AuditTrail.Entry entry(
      Principal caller, String action, String id, String detail, Instant at) {
    return new AuditTrail.Entry(
        caller.tenant(), caller.name(), action, "gate-override/" + id, detail, at);
  }
}
