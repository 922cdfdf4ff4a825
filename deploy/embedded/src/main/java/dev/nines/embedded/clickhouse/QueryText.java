// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * The SQL of a request, and the rows of an INSERT as they come in. SQL is the {@code query}
 * parameter followed by the body; the rows of an INSERT are what follows its FORMAT or VALUES in
 * either.
 */
record QueryText(Statement statement, byte[] sql, InputStream data) {
  /** As much of a body as is looked at to find where an INSERT's rows begin. */
  private static final int HEAD_BYTES = 256 * 1024;

  /** The longest SQL, rows of an INSERT not counted. */
  private static final int MAX_SQL_BYTES = 1 << 20;

  static QueryText read(QueryRequest request, InputStream body) throws IOException {
    var inUrl = !request.sql().isEmpty();
    var head = inUrl ? request.sql().getBytes(UTF_8) : body.readNBytes(HEAD_BYTES);
    var statement = Statement.parse(new String(head, ISO_8859_1));
    if (statement instanceof Statement.InsertData insert) {
      var start = insert.dataStart();
      var rows = new ByteArrayInputStream(head, start, head.length - start);
      var sql = Arrays.copyOf(head, insert.sqlEnd());
      return new QueryText(insert, sql, new SequenceInputStream(rows, body));
    }
    var sql = whole(head, inUrl, body);
    return new QueryText(
        Statement.parse(new String(sql, ISO_8859_1)), sql, InputStream.nullInputStream());
  }

  private static byte[] whole(byte[] head, boolean inUrl, InputStream body) throws IOException {
    var rest = body.readNBytes(MAX_SQL_BYTES - Math.min(head.length, MAX_SQL_BYTES) + 1);
    if (head.length + rest.length > MAX_SQL_BYTES) {
      throw new EngineException(
          ErrorCode.QUERY_IS_TOO_LARGE,
          "Query is too large: over %d bytes".formatted(MAX_SQL_BYTES));
    }
    if (rest.length == 0) {
      return head;
    }
    var sql = new ByteArrayOutputStream(head.length + rest.length + 1);
    sql.write(head);
    if (inUrl) {
      sql.write('\n');
    }
    sql.write(rest);
    return sql.toByteArray();
  }
}
