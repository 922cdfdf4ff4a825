// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.incident.response.Incident.Burned;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.SloId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on incidents. */
public final class IncidentRows {

  private static final int PAGE = 500;

  private static final String INSERT =
      """
      INSERT INTO incident (tenant, group_key, title, slo, severity, state, state_at, state_by,
        run, loop, opened_at, conditions, first_bad_at, policy_true_at, decided_at, stored_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING *""";

  private static final String UPDATE =
      """
      UPDATE incident SET title = ?, severity = ?, state = ?, state_at = ?, state_by = ?, run = ?,
        loop = ?, acknowledged_at = ?, conditions = ?, first_bad_at = ?, policy_true_at = ?, decided_at = ?,
        stored_at = ?
      WHERE id = ?""";

  private static final String LAST_OF_GROUP =
      """
      SELECT * FROM incident WHERE tenant = ? AND group_key = ?
      ORDER BY id DESC LIMIT 1 FOR UPDATE""";

  private IncidentRows() {}

  /** Stores a new incident and gives it its id. */
  static Incident insert(Connection tx, Incident incident) throws SQLException {
    Burned burned = incident.burned();
    return Sql.row(
            tx,
            INSERT,
            IncidentRows::read,
            incident.tenant(),
            incident.groupKey(),
            incident.title(),
            text(incident.slo()),
            incident.severity(),
            incident.state().kind(),
            incident.state().at(),
            incident.state().by(),
            incident.run(),
            incident.loop(),
            incident.openedAt(),
            Json.write(incident.conditions()),
            burned.firstBadAt(),
            burned.policyTrueAt(),
            burned.decidedAt(),
            burned.storedAt())
        .orElseThrow();
  }

  static void update(Connection tx, Incident incident) throws SQLException {
    Burned burned = incident.burned();
    Sql.update(
        tx,
        UPDATE,
        incident.title(),
        incident.severity(),
        incident.state().kind(),
        incident.state().at(),
        incident.state().by(),
        incident.run(),
        incident.loop(),
        incident.acknowledgedAt(),
        Json.write(incident.conditions()),
        burned.firstBadAt(),
        burned.policyTrueAt(),
        burned.decidedAt(),
        burned.storedAt(),
        incident.number());
  }

  /** The group's latest incident, locked. */
  static Optional<Incident> lockLast(Connection tx, String tenant, String groupKey)
      throws SQLException {
    return Sql.row(tx, LAST_OF_GROUP, IncidentRows::read, tenant, groupKey);
  }

  static Optional<Incident> lock(Connection tx, String id) throws SQLException {
    return Sql.row(
        tx, "SELECT * FROM incident WHERE id = ? FOR UPDATE", IncidentRows::read, number(id));
  }

  public static Optional<Incident> find(Connection tx, String id) throws SQLException {
    return Sql.row(tx, "SELECT * FROM incident WHERE id = ?", IncidentRows::read, number(id));
  }

  /**
   * At most 500, the latest first.
   *
   * @param state null for all
   */
  static List<Incident> list(Connection tx, String tenant, IncidentState.@Nullable Kind state)
      throws SQLException {
    return Sql.rows(
        tx,
        "SELECT * FROM incident WHERE tenant = ? AND (?::text IS NULL OR state = ?)"
            + " ORDER BY id DESC LIMIT "
            + PAGE,
        IncidentRows::read,
        tenant,
        state,
        state);
  }

  /** -1, which no incident has, for what is no number. */
  private static long number(String id) {
    return id.matches("\\d{1,18}") ? Long.parseLong(id) : -1;
  }

  private static @Nullable String text(@Nullable SloId slo) {
    return slo == null ? null : slo.toString();
  }

  private static Incident read(ResultSet row) throws SQLException {
    String slo = row.getString("slo");
    return new Incident(
        Long.toString(row.getLong("id")),
        row.getString("tenant"),
        row.getString("group_key"),
        row.getString("title"),
        slo == null ? null : SloId.parse(slo),
        Severity.valueOf(row.getString("severity")),
        IncidentState.of(
            IncidentState.Kind.valueOf(row.getString("state")),
            Sql.instant(row, "state_at"),
            row.getString("state_by")),
        row.getInt("run"),
        row.getInt("loop"),
        Sql.instant(row, "opened_at"),
        Sql.nullableInstant(row, "acknowledged_at"),
        List.of(Json.read(row.getString("conditions"), Condition[].class)),
        new Burned(
            Sql.instant(row, "first_bad_at"),
            Sql.instant(row, "policy_true_at"),
            Sql.instant(row, "decided_at"),
            Sql.instant(row, "stored_at")));
  }
}
