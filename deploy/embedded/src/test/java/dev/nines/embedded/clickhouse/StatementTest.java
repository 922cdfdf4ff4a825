// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 1 |",
        "SELECT 1 FORMAT JSON | JSON",
        "select 1 format Native; | Native",
        "SELECT 1 FORMAT CSV SETTINGS max_threads = 1 | CSV",
        "SELECT 1 SETTINGS max_threads = 1 FORMAT TSV | TSV",
        "SELECT 1 FORMAT TSV -- FORMAT JSON | TSV",
        "SELECT 1 FORMAT /* x */ TSV | TSV",
        "SELECT 'a FORMAT JSON' |",
        "SELECT \"FORMAT JSON\" FROM t |",
        "SELECT 'it''s \\' FORMAT JSON' |",
        "SELECT $x$ FORMAT JSON $x$ |",
        "SELECT format FROM t |",
        "SELECT format('{}', 1) |",
        "SELECT (SELECT 1 FORMAT JSON) |",
        "(SELECT 1) UNION ALL (SELECT 2) FORMAT TSV | TSV",
        "# comment SELECT\\nSELECT 1 FORMAT TSV | TSV",
        "WITH 1 AS x SELECT x |",
        "FROM t SELECT a FORMAT TSV | TSV",
      })
  void findsTheFormatOfASelect(String sql, @Nullable String format) {
    assertThat(Statement.parse(unescape(sql))).isEqualTo(new Statement.Select(format));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INSERT INTO t VALUES (1) | INSERT INTO t | Values | ` (1)`",
        "INSERT INTO t (a, b) VALUES (1, 2) | INSERT INTO t (a, b) | Values | ` (1, 2)`",
        "INSERT INTO t FORMAT TSV\\n1\\t2 | INSERT INTO t | TSV | 1\\t2",
        "INSERT INTO t FORMAT RowBinary \\r\\nX | INSERT INTO t | RowBinary | X",
        "INSERT INTO t FORMAT JSONEachRow {} | INSERT INTO t | JSONEachRow | {}",
        "INSERT INTO t SETTINGS a = 1 FORMAT CSV | INSERT INTO t SETTINGS a = 1 | CSV | ``",
        "INSERT INTO format FORMAT CSV | INSERT INTO format | CSV | ``",
        "INSERT INTO db.values VALUES (1) | INSERT INTO db.values | Values | ` (1)`",
        "INSERT INTO t /*VALUES*/ VALUES (1) | INSERT INTO t /*VALUES*/ | Values | ` (1)`",
        "insert into `values` values ('FORMAT') | insert into `values` | Values | ` ('FORMAT')`",
        "INSERT INTO t | INSERT INTO t | Values | ``",
      })
  void findsWhereRowsBegin(String text, String sql, String format, @Nullable String rows) {
    var whole = unescape(text);
    assertThat(Statement.parse(whole))
        .isInstanceOfSatisfying(
            Statement.InsertData.class,
            insert -> {
              assertThat(whole.substring(0, insert.sqlEnd()).strip()).isEqualTo(sql);
              assertThat(insert.format()).isEqualTo(format);
              assertThat(whole.substring(insert.dataStart()))
                  .isEqualTo(unescape(rows == null ? "" : rows));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t SELECT 1",
        "INSERT INTO t (a) SELECT 1 AS VALUES",
        "INSERT INTO t WITH x AS (SELECT 1) SELECT * FROM x",
        "INSERT INTO t (SELECT 1)",
      })
  void anInsertOfAQueryHasNoRows(String sql) {
    assertThat(Statement.parse(sql)).isEqualTo(new Statement.Other("INSERT", null));
  }

  @Test
  void killUsesTheIdThatTheEngineKnowsAndNeverWaits() {
    assertThat(Statement.parse("KILL QUERY WHERE query_id = 'a query_id SYNC' SYNC;"))
        .isEqualTo(
            new Statement.Kill(
                "KILL QUERY WHERE Settings['log_comment'] = 'a query_id SYNC' ASYNC;"));
    assertThat(Statement.parse("kill query where user = 'x' test"))
        .isEqualTo(new Statement.Kill("kill query where user = 'x' test"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 INTO OUTFILE 'x'",
        "SELECT 1 INTO /**/ outfile 'x' FORMAT CSV",
        "INSERT INTO t FROM INFILE 'x' FORMAT CSV",
      })
  void filesBelongToTheCommandLineClient(String sql) {
    assertThatThrownBy(() -> Statement.parse(sql))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code().httpStatus()).isEqualTo(501));
  }

  private static String unescape(String text) {
    return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
  }
}
