// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happened in an incident, in order. */
public final class Timeline {

  /** One row; {@code id} grows over all incidents. */
  public record Row(long id, Instant at, String kind, String actor, String text) {}

  private Timeline() {}

  /** The row's id. */
  public static long append(
      Connection tx, String incident, Instant at, String kind, String actor, String text)
      throws SQLException {
    return Sql.row(
            tx,
            """
            INSERT INTO incident_timeline (incident, at, kind, actor, text)
            VALUES (?, ?, ?, ?, ?) RETURNING id""",
            row -> row.getLong(1),
            Long.parseLong(incident),
            at,
            kind,
            actor,
            text)
        .orElseThrow();
  }

  /** Text of the last row of a kind since an instant. */
  public static Optional<String> last(Connection tx, String incident, String kind, Instant since)
      throws SQLException {
    return Sql.row(
        tx,
        "SELECT text FROM incident_timeline WHERE incident = ? AND kind = ? AND at >= ?"
            + " ORDER BY id DESC LIMIT 1",
        row -> row.getString(1),
        Long.parseLong(incident),
        kind,
        since);
  }

  /** At most 2,000 rows. */
  public static List<Row> of(Connection tx, String incident) throws SQLException {
    return Sql.rows(
        tx,
        "SELECT id, at, kind, actor, text FROM incident_timeline WHERE incident = ?"
            + " ORDER BY id LIMIT 2000",
        row ->
            new Row(
                row.getLong(1),
                Sql.instant(row, 2),
                row.getString(3),
                row.getString(4),
                row.getString(5)),
        Long.parseLong(incident));
  }
}
