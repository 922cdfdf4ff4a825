// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The oracle is the engine's own block: the revised one has the additions at the places that follow
 * from its two ends, whatever the column between is.
 */
final class NativeRevisionTest {
  private static final List<String> COLUMNS =
      List.of(
          "toUInt64(number)",
          "toString(number)",
          "toDateTime64('2026-01-01 00:00:00.5', 9)",
          "toDateTime(number, 'UTC')",
          "toLowCardinality(toString(number % 7))",
          "map('a', toString(number), 'b', '')",
          "CAST(map('k', number), 'Map(LowCardinality(String), UInt64)')",
          "range(number % 5)",
          "[[toNullable(number)], [], [NULL]]",
          "[(1, 'x', [toLowCardinality('y')])]",
          "CAST((number, 'a'), 'Tuple(`a b` UInt64, text LowCardinality(Nullable(String)))')",
          "if(number % 2 = 0, NULL, toDecimal64(number, 4))",
          "toDecimal128('1.5', 10)",
          "toFixedString('abc', 3)",
          "toIPv6('::1')",
          "CAST('a', 'Enum8(\\'a\\' = 1, \\'b(,\\' = 2)')",
          "toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0')",
          "number % 2 = 0",
          "emptyArrayString()",
          "INTERVAL 3 DAY",
          "CAST([], 'Array(LowCardinality(String))')",
          "NULL");

  @TempDir private static Path data;
  private static ClickHouseChild child;

  @BeforeAll
  static void start() throws Exception {
    child = ClickHouseChild.start(data);
  }

  @AfterAll
  static void stop() throws Exception {
    child.close();
  }

  /** One block each: the engine's blocks have at most 65,409 rows. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 1_000, 40_000})
  void columnsEndWhereTheEngineEndsThem(int rows) throws IOException {
    for (var column : COLUMNS) {
      var sql = "SELECT %s AS first, 'end' AS last FROM numbers(%d)".formatted(column, rows);
      var plain = read(sql, Map.of());
      var revised = read(sql, Map.of("client_protocol_version", "54484"));
      assertThat(revised).as(sql).isEqualTo(rows == 0 ? plain : expected(plain, rows));
    }
  }

  /**
   * The last column is known to the byte, so the flags' places follow from the block's two ends.
   */
  private static byte[] expected(byte[] plain, int rows) throws IOException {
    var start = new String(plain, ISO_8859_1);
    var name = start.indexOf("\u0005first") + "\u0005first".length();
    var firstData = name + (plain[name] & 0x7f) + 1;
    var lastData = plain.length - rows * "\u0003end".length();
    var out = new ByteArrayOutputStream();
    out.write(new byte[] {1, 0, 2, -1, -1, -1, -1, 0});
    out.write(plain, 0, firstData);
    out.write(0);
    out.write(plain, firstData, lastData - firstData);
    out.write(0);
    out.write(plain, lastData, plain.length - lastData);
    return out.toByteArray();
  }

  @Test
  void aTypeOfUnknownLayoutIsRefused() {
    assertThatThrownBy(() -> NativeType.parse("Array(Variant(String, UInt8))"))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code().httpStatus()).isEqualTo(501));
  }

  private static byte[] read(String sql, Map<String, String> parameters) {
    var url = new HashMap<>(parameters);
    url.put("default_format", "Native");
    var server = new ServerUnderTest(child.url(), "default", "");
    var response = server.post(url, sql.getBytes(UTF_8));
    assertThat(response.statusCode()).as(sql).isEqualTo(200);
    return response.body();
  }
}
