// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.incident.oncall.EscalationPolicy;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Statements on how incidents escalate. */
public final class EscalationRows {

  private static final String PUT =
      """
      INSERT INTO incident_escalation (incident, run, policy, first_loop, step)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (incident, run) DO UPDATE SET policy = excluded.policy,
        first_loop = excluded.first_loop, step = excluded.step""";

  private EscalationRows() {}

  static void put(Connection tx, Incident incident, EscalationState state) throws SQLException {
    Sql.update(
        tx,
        PUT,
        incident.number(),
        incident.run(),
        Json.write(state.policy()),
        state.firstLoop(),
        state.step());
  }

  /** Of the present run; empty for one that began before policies were known. */
  public static Optional<EscalationState> find(Connection tx, Incident incident)
      throws SQLException {
    return Sql.row(
        tx,
        "SELECT policy, first_loop, step FROM incident_escalation WHERE incident = ? AND run = ?",
        row ->
            new EscalationState(
                Json.read(row.getString(1), EscalationPolicy.class), row.getInt(2), row.getInt(3)),
        incident.number(),
        incident.run());
  }
}
