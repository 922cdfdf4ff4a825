// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

/** Text as SQL. */
final class Sql {
  private Sql() {}

  static String literal(String text) {
    return quoted(text, '\'');
  }

  static String identifier(String name) {
    return quoted(name, '`');
  }

  private static String quoted(String text, char quote) {
    var sql = new StringBuilder(text.length() + 2).append(quote);
    for (var c : text.toCharArray()) {
      if (c == quote || c == '\\') {
        sql.append('\\');
      }
      sql.append(c);
    }
    return sql.append(quote).toString();
  }
}
