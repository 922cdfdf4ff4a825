// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import dev.nines.alerts.Alert;
import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.alerts.AlertState;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Statements on alerts, groups and the notification log. */
final class AlertRows {

  private static final String SELECT =
      """
      SELECT tenant, fingerprint, group_key, labels, annotations, source, state, since,
        changed_at, condition
      FROM alert""";

  private static final String SAVE =
      """
      INSERT INTO alert (tenant, fingerprint, group_key, labels, annotations, source, state, since,
        changed_at, condition)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (tenant, fingerprint) DO UPDATE SET annotations = excluded.annotations,
        state = excluded.state, since = excluded.since, changed_at = excluded.changed_at,
        condition = excluded.condition""";

  private static final String LOCK_GROUP =
      """
      INSERT INTO alert_group (tenant, group_key, sequence) VALUES (?, ?, 0)
      ON CONFLICT (tenant, group_key) DO UPDATE SET sequence = alert_group.sequence
      RETURNING sequence""";

  private AlertRows() {}

  /** Locks the group until the transaction ends; its last sequence number. */
  static long lockGroup(Connection tx, String tenant, String groupKey) throws SQLException {
    return Sql.row(tx, LOCK_GROUP, row -> row.getLong(1), tenant, groupKey).orElseThrow();
  }

  static void saveSequence(Connection tx, String tenant, String groupKey, long sequence)
      throws SQLException {
    Sql.update(
        tx,
        "UPDATE alert_group SET sequence = ? WHERE tenant = ? AND group_key = ?",
        sequence,
        tenant,
        groupKey);
  }

  static List<GroupedAlert> ofGroup(Connection tx, String tenant, String groupKey)
      throws SQLException {
    return Sql.rows(
        tx, SELECT + " WHERE tenant = ? AND group_key = ?", AlertRows::read, tenant, groupKey);
  }

  /** At most 1,000 alerts of the tenant, those that changed last first. */
  static List<GroupedAlert> ofTenant(Connection tx, String tenant, boolean resolvedToo)
      throws SQLException {
    return Sql.rows(
        tx,
        SELECT
            + " WHERE tenant = ? AND (? OR state <> 'RESOLVED') ORDER BY changed_at DESC LIMIT 1000",
        AlertRows::read,
        tenant,
        resolvedToo);
  }

  static void save(Connection tx, String groupKey, GroupedAlert changed) throws SQLException {
    Alert alert = changed.alert();
    Sql.update(
        tx,
        SAVE,
        alert.tenant(),
        alert.fingerprint(),
        groupKey,
        Json.write(alert.labels()),
        Json.write(alert.annotations()),
        alert.source(),
        changed.condition().state(),
        changed.state().since(),
        changed.state().at(),
        Json.write(changed.condition()));
  }

  /**
   * @param sequence null when people were not told
   */
  static void log(
      Connection tx, String groupKey, GroupedAlert changed, @Nullable Long sequence, String why)
      throws SQLException {
    Sql.update(
        tx,
        """
        INSERT INTO notification_log (tenant, group_key, fingerprint, state, sequence, why)
        VALUES (?, ?, ?, ?, ?, ?)""",
        changed.alert().tenant(),
        groupKey,
        changed.alert().fingerprint(),
        changed.condition().state(),
        sequence,
        why);
  }

  private static GroupedAlert read(ResultSet row) throws SQLException {
    Instant since = Sql.instant(row, "since");
    Instant at = Sql.instant(row, "changed_at");
    Condition condition = Json.read(row.getString("condition"), Condition.class);
    Alert alert =
        new Alert(
            row.getString("tenant"),
            row.getString("fingerprint"),
            new TreeMap<>(texts(row.getString("labels"))),
            texts(row.getString("annotations")),
            since,
            row.getString("source"));
    AlertState state =
        switch (condition.state()) {
          case FIRING -> new AlertState.Firing(since, at);
          case FROZEN -> new AlertState.Frozen(since, at, condition.frozenRegions());
          case RESOLVED -> new AlertState.Resolved(since, at);
        };
    return new GroupedAlert(alert, state, condition);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> texts(String json) {
    return Json.read(json, TreeMap.class);
  }
}
