// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.catalog.Exclusions.Known;
import dev.nines.journal.Sql;
import dev.nines.objectives.Slo;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.sla.Exclusion;
import dev.nines.objectives.sla.ExclusionState;
import dev.nines.objectives.sla.ExclusionState.Approved;
import dev.nines.objectives.sla.ExclusionState.Declared;
import dev.nines.objectives.sla.ExclusionState.Rejected;
import dev.nines.objectives.sla.ExclusionState.Withdrawn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code sla_exclusion}: one row each, whose decision and end are written once. */
final class ExclusionRows {

  static final int MAX = 10_000;

  private static final String APPROVED = "approved";
  private static final String COMMA = ",";

  private static final String COLUMNS =
      """
      SELECT id, customer, slo, kind, from_at, to_at, announced_at, declared_at, reason, service,
        regions, declared_by, decision, decided_by, decided_at, withdrawn_by, withdrawn_at
      FROM sla_exclusion\s""";

  private static final String TOUCHING = " from_at < ? AND to_at > ? AND declared_at <= ? ";

  private ExclusionRows() {}

  static void insert(Connection tx, Principal caller, Exclusion exclusion) throws SQLException {
    Sql.update(
        tx,
        """
        INSERT INTO sla_exclusion (tenant, id, customer, slo, kind, from_at, to_at, announced_at,
          reason, declared_by, declared_at, service, regions)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
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
        exclusion.declaredAt(),
        exclusion.service(),
        String.join(COMMA, exclusion.regions()));
  }

  static void decided(Connection tx, String tenant, String id, String word, ExclusionState state)
      throws SQLException {
    Sql.update(
        tx,
        """
        UPDATE sla_exclusion SET decision = ?, decided_by = ?, decided_at = ?
        WHERE tenant = ? AND id = ?""",
        word,
        state.by(),
        state.at(),
        tenant,
        id);
  }

  static void withdrawn(Connection tx, String tenant, String id, ExclusionState state)
      throws SQLException {
    Sql.update(
        tx,
        "UPDATE sla_exclusion SET withdrawn_by = ?, withdrawn_at = ? WHERE tenant = ? AND id = ?",
        state.by(),
        state.at(),
        tenant,
        id);
  }

  /** As it is now; nobody else changes it until the transaction ends. */
  static Optional<Known> lock(Connection tx, String tenant, String id) throws SQLException {
    return Sql.row(
        tx,
        COLUMNS + "WHERE tenant = ? AND id = ? FOR UPDATE",
        row -> known(exclusion(row), state(row)),
        tenant,
        id);
  }

  static List<Known> find(
      Connection tx, String tenant, String customer, Instant from, Instant to, Instant knownAt)
      throws SQLException {
    return Sql.rows(
        tx,
        COLUMNS
            + "WHERE tenant = ? AND (? = '' OR customer IN ('', ?)) AND"
            + TOUCHING
            + "ORDER BY from_at, id LIMIT "
            + MAX,
        row -> asOf(row, knownAt),
        tenant,
        customer,
        customer,
        to,
        from,
        knownAt);
  }

  /** Also those that were approved later, or are over: {@link Exclusion#approved} says so. */
  static List<Known> approved(Connection tx, Slo slo, Instant from, Instant to, Instant knownAt)
      throws SQLException {
    return Sql.rows(
        tx,
        COLUMNS
            + "WHERE tenant = ? AND customer = '' AND slo IN ('', ?, ?) AND service IN ('', ?)"
            + " AND decision = 'approved' AND"
            + TOUCHING
            + "ORDER BY from_at, id LIMIT "
            + MAX,
        row -> asOf(row, knownAt),
        slo.id().tenant(),
        slo.id().name(),
        slo.id().whole().name(),
        slo.service(),
        to,
        from,
        knownAt);
  }

  /**
   * Approved ones of budgets, not withdrawn, within 94 days of an exclusion, each as often as it
   * names regions; none where the exclusion is of no budget.
   */
  static int approvedAround(Connection tx, String tenant, String id) throws SQLException {
    return Sql.row(
            tx,
            """
            SELECT coalesce(sum(1 + length(a.regions) - length(replace(a.regions, ',', ''))), 0)
            FROM sla_exclusion a JOIN sla_exclusion b ON a.tenant = b.tenant
            WHERE b.tenant = ? AND b.id = ? AND b.customer = '' AND a.customer = '' AND a.decision = 'approved'
              AND a.withdrawn_at IS NULL AND a.from_at < b.to_at + interval '94 days'
              AND a.to_at > b.from_at - interval '94 days'""",
            row -> row.getInt(1),
            tenant,
            id)
        .orElse(0);
  }

  static Known known(Exclusion exclusion, ExclusionState state) {
    return new Known(
        new Exclusion(
            exclusion.id(),
            exclusion.customer(),
            exclusion.slo(),
            exclusion.kind(),
            exclusion.from(),
            exclusion.to(),
            exclusion.announcedAt(),
            exclusion.declaredAt(),
            exclusion.reason(),
            exclusion.service(),
            exclusion.regions(),
            state instanceof Approved),
        state);
  }

  private static Known asOf(ResultSet row, Instant knownAt) throws SQLException {
    return known(exclusion(row), state(row).asOf(knownAt).orElseThrow());
  }

  private static Exclusion exclusion(ResultSet row) throws SQLException {
    String regions = row.getString("regions");
    return new Exclusion(
        row.getString("id"),
        row.getString("customer"),
        row.getString("slo"),
        Exclusion.Kind.valueOf(row.getString("kind")),
        Sql.instant(row, "from_at"),
        Sql.instant(row, "to_at"),
        Sql.instant(row, "announced_at"),
        Sql.instant(row, "declared_at"),
        row.getString("reason"),
        row.getString("service"),
        regions.isEmpty() ? List.of() : List.of(regions.split(COMMA)),
        false);
  }

  private static ExclusionState state(ResultSet row) throws SQLException {
    Declared declared = new Declared(row.getString("declared_by"), Sql.instant(row, "declared_at"));
    ExclusionState decided = decided(row, declared);
    return row.getString("withdrawn_by") == null
        ? decided
        : new Withdrawn(decided, row.getString("withdrawn_by"), Sql.instant(row, "withdrawn_at"));
  }

  private static ExclusionState decided(ResultSet row, Declared declared) throws SQLException {
    String decision = row.getString("decision");
    if (decision == null) {
      return declared;
    }
    String by = row.getString("decided_by");
    Instant at = Sql.instant(row, "decided_at");
    return decision.equals(APPROVED)
        ? new Approved(declared, by, at)
        : new Rejected(declared, by, at);
  }
}
