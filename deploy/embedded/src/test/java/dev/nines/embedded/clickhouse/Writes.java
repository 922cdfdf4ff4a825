// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.util.List;

/** Statements that a reader must not get through, plain ones and disguised ones. */
final class Writes {
  /** READONLY, ACCESS_DENIED, NOT_IMPLEMENTED, SYNTAX_ERROR for two statements in one text. */
  static final List<Integer> REFUSED = List.of(164, 497, 48, 62);

  static final List<String> ALL =
      List.of(
          "INSERT INTO guarded VALUES (2)",
          "INSERT INTO guarded FORMAT TSV\n2\n",
          "INSERT INTO guarded SELECT 2",
          "/* SELECT */ INSERT INTO guarded SELECT 2",
          "WITH x AS (SELECT 2 AS a) INSERT INTO guarded SELECT a FROM x",
          "DROP TABLE guarded",
          "TRUNCATE TABLE guarded",
          "ALTER TABLE guarded DELETE WHERE 1",
          "DELETE FROM guarded WHERE 1",
          "OPTIMIZE TABLE guarded FINAL",
          "CREATE TABLE other (a UInt8) ENGINE = Memory",
          "CREATE TEMPORARY TABLE other (a UInt8)",
          "RENAME TABLE guarded TO other",
          "SET readonly = 0",
          "SELECT 1; DROP TABLE guarded",
          "SELECT 1 SETTINGS readonly = 0",
          "SELECT 1 INTO OUTFILE '/tmp/nines-must-not-exist'",
          "SELECT * FROM file('/etc/passwd', 'LineAsString')",
          "SELECT (SELECT count() FROM file('/etc/passwd', 'LineAsString'))",
          "SELECT * FROM url('http://127.0.0.1:1/', 'CSV', 'a String')",
          "SYSTEM FLUSH LOGS",
          "KILL QUERY WHERE 1 = 0",
          "GRANT ALL ON *.* TO default");

  private Writes() {}
}
