// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.sla.Exclusion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What was declared excluded. Declaring after the fact is allowed: the time is on record, and the
 * contract's clauses rule what it is worth.
 */
public final class Exclusions {

  /** Of one answer. */
  static final int ROWS_MAX = 10_000;

  private static final String COLUMNS =
      """
      SELECT id, customer, slo, kind, from_at, to_at, announced_at, declared_at, reason
      FROM sla_exclusion\s""";

  private final Journal journal;
  private final InstantSource clock;
  private final AuditTrail audit = new AuditTrail();

  public Exclusions(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  public void declare(Principal caller, Exclusion exclusion) {
    journal.transact(
        tx -> {
          Sql.update(
              tx,
              """
              INSERT INTO sla_exclusion (tenant, id, customer, slo, kind, from_at, to_at,
                announced_at, reason, declared_by, declared_at)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
              caller.tenant(),
              exclusion.id(),
              exclusion.customer(),
              exclusion.slo(),
              exclusion.kind(),
              exclusion.from(),
              exclusion.to(),
              exclusion.announcedAt(),
              exclusion.reason(),
              caller.name(),
              exclusion.declaredAt());
          audit.append(
              tx,
              entry(
                  caller,
                  "exclusion.declare",
                  exclusion.id(),
                  Json.write(exclusion),
                  exclusion.declaredAt()));
          return exclusion;
        });
  }

  /** False when there is none of that id, or it was withdrawn before. */
  public boolean withdraw(Principal caller, String id) {
    return journal.transact(
        tx -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          int changed =
              Sql.update(
                  tx,
                  """
                  UPDATE sla_exclusion SET withdrawn_by = ?, withdrawn_at = ?
                  WHERE tenant = ? AND id = ? AND withdrawn_at IS NULL""",
                  caller.name(),
                  now,
                  caller.tenant(),
                  id);
          if (changed > 0) {
            audit.append(tx, entry(caller, "exclusion.withdraw", id, "{}", now));
          }
          return changed > 0;
        });
  }

  /**
   * Those that touch [from, to), by begin, as known at an instant.
   *
   * @param customer empty for those of every customer
   */
  public List<Exclusion> find(
      String tenant, String customer, Instant from, Instant to, Instant knownAt) {
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                COLUMNS
                    + """
                    WHERE tenant = ? AND (? = '' OR customer IN ('', ?))
                      AND from_at < ? AND to_at > ? AND declared_at <= ?
                      AND (withdrawn_at IS NULL OR withdrawn_at > ?)
                    ORDER BY from_at, id LIMIT\s"""
                    + ROWS_MAX,
                Exclusions::exclusion,
                tenant,
                customer,
                customer,
                to,
                from,
                knownAt,
                knownAt));
  }

  private static Exclusion exclusion(ResultSet row) throws SQLException {
    return new Exclusion(
        row.getString("id"),
        row.getString("customer"),
        row.getString("slo"),
        Exclusion.Kind.valueOf(row.getString("kind")),
        Sql.instant(row, "from_at"),
        Sql.instant(row, "to_at"),
        Sql.instant(row, "announced_at"),
        Sql.instant(row, "declared_at"),
        row.getString("reason"));
  }

  private static AuditTrail.Entry entry(
      Principal caller, String action, String id, String detail, Instant at) {
    return new AuditTrail.Entry(
        caller.tenant(), caller.name(), action, "exclusion/" + id, detail, at);
  }
}
