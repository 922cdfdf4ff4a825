// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static dev.nines.embedded.clickhouse.ServerUnderTest.code;
import static dev.nines.embedded.clickhouse.ServerUnderTest.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import java.io.ByteArrayInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Nines uses of ClickHouse through its drivers. A server that passes it can stand behind
 * Nines; differences between servers are methods here, never silent.
 */
abstract class ClickHouseContract {

  /** The server, ready; database {@code default} is free to use. */
  abstract ServerUnderTest server();

  /** The same server for callers that may only read. */
  abstract ServerUnderTest readOnly();

  @Test
  void jdbcCreatesDescribesAndDrops() throws SQLException {
    try (var connection = server().jdbc();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE described (a UInt64, b LowCardinality(String)) ORDER BY a");
      var names = new ArrayList<String>();
      try (var columns = connection.getMetaData().getColumns(null, "default", "described", "%")) {
        while (columns.next()) {
          names.add(columns.getString("COLUMN_NAME") + " " + columns.getString("TYPE_NAME"));
        }
      }
      assertThat(names).containsExactly("a UInt64", "b LowCardinality(String)");
      statement.execute("DROP TABLE described");
      try (var tables = connection.getMetaData().getTables(null, "default", "described", null)) {
        assertThat(tables.next()).isFalse();
      }
      assertThat(connection.getMetaData().getDatabaseProductVersion()).startsWith("26.");
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  @Test
  void jdbcReadsEveryType() throws SQLException {
    AllTypes.create(server(), "all_types");
    try (var connection = server().jdbc();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT * FROM all_types ORDER BY id LIMIT 1")) {
      assertThat(row.next()).isTrue();
      AllTypes.assertFirstRow(row);
      assertThat(row.next()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Native,true", "Native,false", "RowBinary,true", "RowBinary,false",
    "RowBinaryWithNamesAndTypes,true", "TabSeparated,true", "JSONEachRow,false", "CSV,true"
  })
  void everyTypeSurvivesOutAndIn(ClickHouseFormat format, boolean lz4) throws Exception {
    var copy = "copy_%s_%s".formatted(format, lz4);
    AllTypes.create(server(), "original_" + copy);
    server().run("CREATE TABLE %s AS original_%s".formatted(copy, copy));
    try (var client = server().client(lz4)) {
      var bytes = read(client, "SELECT * FROM original_" + copy, format);
      var written = insert(client, copy, bytes, format, new InsertSettings());
      assertThat(written).isEqualTo(AllTypes.ROWS);
    }
    var hash = "SELECT count(), sum(cityHash64(*)) FROM ";
    assertThat(server().run(hash + copy)).isEqualTo(server().run(hash + "original_" + copy));
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void jdbcBatchesByValuesAndByRowBinary(String rowBinary) throws SQLException {
    var table = "batch_" + rowBinary;
    server()
        .run("CREATE TABLE %s (a UInt64, t DateTime64(9), s String) ORDER BY a".formatted(table));
    var time = Timestamp.from(Instant.parse("2026-03-01T12:00:00.123456789Z"));
    try (var connection = server().jdbc("beta.row_binary_for_simple_insert", rowBinary);
        var insert =
            connection.prepareStatement("INSERT INTO %s VALUES (?, ?, ?)".formatted(table))) {
      for (var i = 0; i < 5_000; i++) {
        insert.setLong(1, i);
        insert.setTimestamp(2, time);
        insert.setString(3, "it's \\ line\nand 'ß' " + i);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    var check =
        "SELECT count(), sum(a), uniqExact(t), countIf(s = concat("
            + "'it\\'s \\\\ line\\nand \\'ß\\' ', toString(a)))";
    assertThat(server().run(check + " FROM " + table)).isEqualTo("5000\t12497500\t1\t5000");
  }

  @Test
  void parametersAreValuesNeverSql() {
    try (var client = server().client(true)) {
      var parameters = new HashMap<String, Object>();
      parameters.put("text", "x' OR 1=1 --");
      parameters.put("number", 42);
      var row =
          client
              .queryAll("SELECT {text:String} AS t, {number:UInt64} + 1 AS n", parameters)
              .getFirst();
      assertThat(row.getString("t")).isEqualTo("x' OR 1=1 --");
      assertThat(row.getLong("n")).isEqualTo(43);
    }
    assertThat(code(server().post(Map.of(), "SELECT {missing:String}".getBytes(UTF_8))))
        .isEqualTo(456);
  }

  @ParameterizedTest
  @CsvSource({
    "60, SELECT * FROM no_such_table",
    "62, SELEC 1",
    "47, SELECT no_such_column FROM system.one",
    "81, SELECT * FROM no_such_database.t",
    "43, SELECT toDate('2026-01-01') = tuple(1)",
    "159, SELECT count() FROM numbers(1000000000000) SETTINGS max_execution_time = 1",
  })
  void errorsKeepTheirCode(int code, String sql) throws SQLException {
    try (var connection = server().jdbc();
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery(sql))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(code));
    }
    var response = server().post(Map.of(), sql.getBytes(UTF_8));
    assertThat(code(response)).isEqualTo(code);
    assertThat(text(response)).startsWith("Code: %d. DB::Exception: ".formatted(code));
  }

  @ParameterizedTest
  @CsvSource({"404, SELECT * FROM nope", "400, SELEC", "200, SELECT 1", "404, SELECT nope()"})
  void statusesAreTheServers(int status, String sql) {
    assertThat(server().post(Map.of(), sql.getBytes(UTF_8)).statusCode()).isEqualTo(status);
  }

  @Test
  void sessionsKeepTemporaryTablesAndSettings() {
    var session = Map.of("session_id", UUID.randomUUID().toString());
    assertThat(
            code(server().post(session, "CREATE TEMPORARY TABLE kept (a UInt8)".getBytes(UTF_8))))
        .isZero();
    assertThat(code(server().post(session, "INSERT INTO kept VALUES (7)".getBytes(UTF_8))))
        .isZero();
    assertThat(code(server().post(session, "SET max_threads = 3".getBytes(UTF_8)))).isZero();
    var onlyNow = new HashMap<>(session);
    onlyNow.put("max_threads", "1");
    var threads = "SELECT getSetting('max_threads')".getBytes(UTF_8);
    assertThat(text(server().post(onlyNow, threads))).isEqualTo("1\n");
    assertThat(text(server().post(session, threads))).isEqualTo("3\n");
    assertThat(text(server().post(session, "SELECT a FROM kept".getBytes(UTF_8)))).isEqualTo("7\n");
    assertThat(code(server().post(Map.of(), "SELECT a FROM kept".getBytes(UTF_8)))).isEqualTo(60);
    var missing = Map.of("session_id", UUID.randomUUID().toString(), "session_check", "1");
    assertThat(code(server().post(missing, "SELECT 1".getBytes(UTF_8)))).isEqualTo(372);
  }

  @Test
  void aTokenCountsOnceInTheTableAndBehindItsView() throws Exception {
    var window =
        " ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 1000";
    server().run("CREATE TABLE source (a UInt64)" + window);
    server().run("CREATE TABLE target (a UInt64)" + window);
    server().run("CREATE MATERIALIZED VIEW source_to_target TO target AS SELECT a FROM source");
    try (var client = server().client(false)) {
      insert(client, "source", "1\n2\n", token("first"));
      insert(client, "source", "1\n2\n", token("first"));
      insert(client, "source", "1\n2\n", token("second"));
      insert(client, "source", "9\n9\n9\n", token("second"));
    }
    assertThat(server().run("SELECT count(), sum(a) FROM source")).isEqualTo("4\t6");
    assertThat(server().run("SELECT count(), sum(a) FROM target")).isEqualTo("4\t6");
  }

  @Test
  void insertsFollowTheirUrlSettings() throws Exception {
    server().run("CREATE TABLE strict (d Date) ORDER BY d");
    try (var client = server().client(false)) {
      var relaxed = new InsertSettings().serverSetting("date_time_input_format", "best_effort");
      assertThat(insert(client, "strict", "2026-01-02\n", relaxed)).isEqualTo(1);
      assertThatThrownBy(() -> insert(client, "strict", "not a date\n", new InsertSettings()))
          .isInstanceOfSatisfying(
              ServerException.class, e -> assertThat(e.getCode()).isEqualTo(38));
    }
    assertThat(server().run("SELECT count() FROM strict")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @SuppressWarnings("try") // QueryResponse.close() declares Exception.
  void aMillionRowsComeWhole(boolean lz4) throws Exception {
    try (var client = server().client(lz4);
        var response =
            client
                .query("SELECT number, toString(number) FROM numbers(1000000)")
                .get(60, TimeUnit.SECONDS)) {
      var reader = client.newBinaryFormatReader(response);
      var rows = 0L;
      var sum = 0L;
      while (reader.hasNext()) {
        reader.next();
        assertThat(reader.getString(2)).isEqualTo(Long.toString(reader.getLong(1)));
        sum += reader.getLong(1);
        rows++;
      }
      assertThat(rows).isEqualTo(1_000_000);
      assertThat(sum).isEqualTo(499_999_500_000L);
    }
  }

  @Test
  void anErrorInTheMiddleOfAResultIsNoEnd() throws SQLException {
    var sql =
        """
        SELECT number, repeat('x', 100), throwIf(number = 900000, 'stop here')
        FROM numbers(1000000)""";
    try (var connection = server().jdbc();
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> count(statement.executeQuery(sql))).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void readersOnlyRead() {
    server().run("CREATE TABLE guarded (a UInt64) ENGINE = MergeTree ORDER BY a");
    server().run("INSERT INTO guarded VALUES (1)");
    assertThat(readOnly().run("SELECT count() FROM guarded")).isEqualTo("1");
    assertThat(readOnly().run("WITH 2 AS x SELECT x")).isEqualTo("2");
    assertThat(readOnly().run("SHOW TABLES LIKE 'guarded'")).isEqualTo("guarded");
    assertThat(readOnly().run("DESCRIBE guarded")).startsWith("a\tUInt64");
    assertThat(readOnly().run("EXISTS guarded")).isEqualTo("1");
    assertThat(readOnly().run("EXPLAIN SELECT 1")).isNotEmpty();
    for (var sql : Writes.ALL) {
      var response = readOnly().post(Map.of(), sql.getBytes(UTF_8));
      assertThat(code(response)).as("%s: %s", sql, text(response)).isIn(Writes.REFUSED);
    }
    assertThat(code(server().get(Map.of("query", "DROP TABLE guarded")))).isEqualTo(164);
    assertThat(server().run("SELECT count(), sum(a) FROM guarded")).isEqualTo("1\t1");
  }

  private static long count(ResultSet rows) throws SQLException {
    try (rows) {
      var count = 0L;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  static long insert(Client client, String table, String rows, InsertSettings settings)
      throws Exception {
    return insert(client, table, rows.getBytes(UTF_8), ClickHouseFormat.TabSeparated, settings);
  }

  private static long insert(
      Client client, String table, byte[] rows, ClickHouseFormat format, InsertSettings settings)
      throws Exception {
    var data = new ByteArrayInputStream(rows);
    try (var response = client.insert(table, data, format, settings).get(60, TimeUnit.SECONDS)) {
      return response.getWrittenRows();
    }
  }

  @SuppressWarnings("try") // QueryResponse.close() declares Exception.
  private static byte[] read(Client client, String sql, ClickHouseFormat format) throws Exception {
    var settings = new QuerySettings().setFormat(format);
    try (var response = client.query(sql, settings).get(60, TimeUnit.SECONDS)) {
      return response.getInputStream().readAllBytes();
    }
  }

  static InsertSettings token(String token) {
    return new InsertSettings()
        .setDeduplicationToken(token)
        .serverSetting("async_insert", "0")
        .serverSetting("deduplicate_blocks_in_dependent_materialized_views", "1");
  }
}
