// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A table with a column of every type that Nines uses, and rows at the edges of their ranges. */
final class AllTypes {
  static final int ROWS = 1_000;

  private static final String COLUMNS =
      """
      id UInt64,
      time DateTime64(9, 'UTC'),
      second DateTime('UTC'),
      day Date,
      service LowCardinality(String),
      attributes Map(LowCardinality(String), String),
      tags Array(String),
      matrix Array(Array(Int32)),
      absent Nullable(Int64),
      code LowCardinality(Nullable(String)),
      hash FixedString(16),
      largest UInt64,
      kind Enum8('client' = 1, 'server' = 2),
      address IPv6,
      v4 IPv4,
      target Decimal(18, 9),
      wide Decimal(38, 10),
      failed Bool,
      uuid UUID,
      pair Tuple(good UInt64, total UInt64),
      maximum SimpleAggregateFunction(max, UInt64),
      ratio Float64
      """;

  private static final String VALUES =
      """
      number AS id,
      toDateTime64('2026-01-01 00:00:00.123456789', 9, 'UTC') + number AS time,
      toDateTime('2106-02-07 06:28:15', 'UTC') - number AS second,
      toDate('2026-02-28') + number % 1000 AS day,
      'checkout-' || toString(number % 7) AS service,
      map('http.route', '/cart/' || toString(number), 'quote''s', 'tab\\t line\\n') AS attributes,
      arrayMap(x -> 'tag' || toString(x), range(number % 4)) AS tags,
      [[1, -2], [], [toInt32(number)]] AS matrix,
      if(number % 2 = 0, NULL, toInt64(-number)) AS absent,
      if(number % 3 = 0, NULL, 'code' || toString(number % 5)) AS code,
      toFixedString('0123456789abcdef', 16) AS hash,
      18446744073709551615 - number AS largest,
      if(number % 2 = 0, 'client', 'server') AS kind,
      toIPv6('2001:db8::' || hex(number + 1)) AS address,
      toIPv4('10.1.2.3') AS v4,
      toDecimal64('0.999900001', 9) AS target,
      toDecimal128('-1234567890123456789.0123456789', 10) AS wide,
      number % 2 = 1 AS failed,
      toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0') AS uuid,
      tuple(number, number + 1) AS pair,
      number AS maximum,
      number / 3 AS ratio
      """;

  private AllTypes() {}

  static void create(ServerUnderTest server, String table) {
    server.run("CREATE TABLE %s (%s) ENGINE = MergeTree ORDER BY id".formatted(table, COLUMNS));
    server.run("INSERT INTO %s SELECT %s FROM numbers(%d)".formatted(table, VALUES, ROWS));
  }

  static void assertFirstRow(ResultSet row) throws SQLException {
    assertThat(row.getTimestamp("time").toInstant()).hasToString("2026-01-01T00:00:00.123456789Z");
    assertThat(row.getTimestamp("second").toInstant()).hasToString("2106-02-07T06:28:15Z");
    assertThat(row.getObject("day")).hasToString("2026-02-28");
    assertThat(row.getString("service")).isEqualTo("checkout-0");
    assertThat(row.getObject("attributes"))
        .isEqualTo(Map.of("http.route", "/cart/0", "quote's", "tab\t line\n"));
    assertThat((Object[]) row.getArray("tags").getArray()).isEmpty();
    assertThat(row.getString("matrix")).isEqualTo("[[1, -2], [], [0]]");
    assertThat(row.getObject("absent")).isNull();
    assertThat(row.getObject("code")).isNull();
    assertThat(row.getString("hash")).isEqualTo("0123456789abcdef");
    assertThat(row.getObject("largest")).isEqualTo(new BigInteger("18446744073709551615"));
    assertThat(row.getString("kind")).isEqualTo("client");
    assertThat(row.getString("address")).endsWith("2001:db8:0:0:0:0:0:1");
    assertThat(row.getString("v4")).endsWith("10.1.2.3");
    assertThat(row.getBigDecimal("target")).isEqualByComparingTo("0.999900001");
    assertThat(row.getBigDecimal("wide"))
        .isEqualByComparingTo(new BigDecimal("-1234567890123456789.0123456789"));
    assertThat(row.getBoolean("failed")).isFalse();
    assertThat(row.getString("uuid")).isEqualTo("61f0c404-5cb3-11e7-907b-a6006ad3dba0");
    assertThat(List.of((Object[]) row.getObject("pair")))
        .containsExactly(BigInteger.ZERO, BigInteger.ONE);
    assertThat(row.getLong("maximum")).isZero();
    assertThat(row.getDouble("ratio")).isZero();
  }
}
