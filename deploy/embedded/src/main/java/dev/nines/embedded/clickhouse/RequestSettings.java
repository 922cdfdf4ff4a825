// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.util.stream.Collectors.joining;

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
  static void apply(Connection connection, QueryRequest request) {
    request.settings().keySet().forEach(RequestSettings::checkName);
    var changes = new ArrayList<String>();
    changes.add("log_comment = " + Sql.literal(request.queryId()));
    request.settings().forEach((name, value) -> changes.add(name + " = " + Sql.literal(value)));
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
    if (!request.settings().isEmpty()) {
      undo.addAll(formerValues(connection, request));
    }
    return undo;
  }

  private static List<String> formerValues(Connection connection, QueryRequest request) {
    var names = request.settings().keySet().stream().map(Sql::literal).collect(joining(", "));
    var sets =
        connection.value(
            """
            SELECT 'SET ' || name || ' = ' || if(changed, quoteString(value), 'DEFAULT')
            FROM system.settings WHERE name IN (%s)"""
                .formatted(names));
    return sets.isEmpty() ? List.of() : sets.lines().toList();
  }

  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new EngineException(
          new ErrorCode(115, "UNKNOWN_SETTING"), "Unknown setting '%s'".formatted(name));
    }
  }
}
