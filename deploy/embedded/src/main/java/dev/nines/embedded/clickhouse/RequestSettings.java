// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The database and the settings that hold for one request only. A connection of its own is simply
 * closed after it; a session's connection gets its former values back.
 */
final class RequestSettings {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

  private RequestSettings() {}

  /** Applies them; the query's id is the engine's {@code log_comment} from here on. */
  static void apply(Connection connection, QueryRequest request, Port port) {
    request.settings().keySet().forEach(RequestSettings::checkName);
    var changes = new ArrayList<String>();
    request
        .settings()
        .forEach(
            (name, value) -> {
              if (!name.equals("log_comment") && !port.decides(name)) {
                changes.add(name + " = " + Sql.literal(value));
              }
            });
    changes.add("log_comment = " + Sql.literal(request.queryId()));
    connection.execute("SET " + String.join(", ", changes));
    if (request.database() != null) {
      connection.execute("USE " + Sql.identifier(request.database()));
    }
  }

  /** The statements that undo {@link #apply}, to be asked for before it. */
  static List<String> undo(Connection connection, QueryRequest request) {
    request.settings().keySet().forEach(RequestSettings::checkName);
    var undo = new ArrayList<String>();
    if (request.database() != null) {
      undo.add("USE " + Sql.identifier(connection.value("SELECT currentDatabase()")));
    }
    for (var name : request.settings().keySet()) {
      undo.add("SET %s = %s".formatted(name, formerValue(connection, name)));
    }
    return undo;
  }

  private static String formerValue(Connection connection, String name) {
    var row =
        connection.value(
            "SELECT toString(changed) || value FROM system.settings WHERE name = "
                + Sql.literal(name));
    return row.startsWith("1") ? Sql.literal(row.substring(1)) : "DEFAULT";
  }

  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new EngineException(
          new ErrorCode(115, "UNKNOWN_SETTING"), "Unknown setting '%s'".formatted(name));
    }
  }
}
