// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Statements on users, policies and routings. */
final class Definitions {

  private static final String PUT =
      """
      INSERT INTO oncall_definition (tenant, kind, name, definition) VALUES (?, ?, ?, ?)
      ON CONFLICT (tenant, kind, name) DO UPDATE SET definition = excluded.definition,
        changed_at = clock_timestamp()""";

  private static final String FIND =
      "SELECT definition FROM oncall_definition WHERE tenant = ? AND kind = ? AND name = ?";

  private static final String LIST =
      "SELECT definition FROM oncall_definition WHERE tenant = ? AND kind = ? ORDER BY name";

  private Definitions() {}

  /** What a row holds. */
  enum Kind {
    USER(User.class),
    POLICY(EscalationPolicy.class),
    ROUTING(Routing.class);

    private final Class<?> type;

    Kind(Class<?> type) {
      this.type = type;
    }
  }

  static void put(Connection tx, String tenant, Kind kind, String name, Object definition)
      throws SQLException {
    Sql.update(tx, PUT, tenant, kind, name, Json.write(definition));
  }

  static boolean delete(Connection tx, String tenant, Kind kind, String name) throws SQLException {
    return Sql.update(
            tx,
            "DELETE FROM oncall_definition WHERE tenant = ? AND kind = ? AND name = ?",
            tenant,
            kind,
            name)
        == 1;
  }

  static Optional<User> user(Connection tx, String tenant, String name) throws SQLException {
    return find(tx, tenant, Kind.USER, name).map(User.class::cast);
  }

  static Optional<EscalationPolicy> policy(Connection tx, String tenant, String name)
      throws SQLException {
    return find(tx, tenant, Kind.POLICY, name).map(EscalationPolicy.class::cast);
  }

  static Routing routing(Connection tx, String tenant) throws SQLException {
    return find(tx, tenant, Kind.ROUTING, "").map(Routing.class::cast).orElse(Routing.NONE);
  }

  static List<User> users(Connection tx, String tenant) throws SQLException {
    return list(tx, tenant, Kind.USER).stream().map(User.class::cast).toList();
  }

  static List<EscalationPolicy> policies(Connection tx, String tenant) throws SQLException {
    return list(tx, tenant, Kind.POLICY).stream().map(EscalationPolicy.class::cast).toList();
  }

  private static Optional<?> find(Connection tx, String tenant, Kind kind, String name)
      throws SQLException {
    return Sql.row(tx, FIND, row -> Json.read(row.getString(1), kind.type), tenant, kind, name);
  }

  private static List<?> list(Connection tx, String tenant, Kind kind) throws SQLException {
    return Sql.rows(tx, LIST, row -> Json.read(row.getString(1), kind.type), tenant, kind);
  }
}
