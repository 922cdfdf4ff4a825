// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Runs one query on its connection and writes its result, in pieces where the format allows it. */
final class QueryRun {
  private static final int APPEND_BYTES = 256 * 1024;

  private final Port port;
  private final ClientWatch watch;

  QueryRun(Port port, ClientWatch watch) {
    this.port = port;
    this.watch = watch;
  }

  void run(HttpExchange exchange, QueryRequest request, Connection connection, Response response)
      throws IOException {
    var body = exchange.getRequestBody();
    var text = QueryText.read(request, request.decompress() ? new Lz4BlockInput(body) : body);
    switch (text.statement()) {
      case Statement.InsertData insert -> {
        port.checkWrite(request.get());
        insert(connection, insert.format(), text, request, response);
      }
      case Statement.Select select -> {
        var effect = check(connection, text, "SELECT", request);
        var streams = effect == Analysis.Effect.READ_ONLY;
        try (var _ =
            watch.watch(
                request.queryId(), exchange.getLocalAddress(), exchange.getRemoteAddress())) {
          rows(connection, text.sql(), select.format(), streams, request, response);
        }
      }
      case Statement.Kill kill -> {
        check(connection, text, "KILL", request);
        rows(connection, kill.sql().getBytes(ISO_8859_1), null, false, request, response);
      }
      case Statement.Other other -> {
        check(connection, text, other.firstWord(), request);
        rows(connection, text.sql(), other.format(), false, request, response);
      }
    }
  }

  private Analysis.Effect check(
      Connection connection, QueryText text, String firstWord, QueryRequest request) {
    var analysis = connection.classify(text.sql());
    port.check(analysis, firstWord, request.get());
    port.guard(connection);
    return analysis.effect();
  }

  private void rows(
      Connection connection,
      byte[] sql,
      @Nullable String formatInSql,
      boolean streams,
      QueryRequest request,
      Response response)
      throws IOException {
    var format = formatInSql == null ? request.format() : formatInSql;
    response.header("X-ClickHouse-Format", format);
    response.header("Content-Type", OutputFormat.contentType(format));
    var out = request.compress() ? new Lz4BlockOutput(response) : response;
    if (streams && OutputFormat.streams(format)) {
      stream(connection, sql, format, request, response, out);
    } else {
      try (var result = connection.query(sql, format, request.parameters())) {
        response.summary(result.summary());
        OutputFormat.write(format, result.data(), true, request.nativeRevision(), out);
      }
    }
    if (out instanceof Lz4BlockOutput blocks) {
      blocks.close();
    }
  }

  private static void stream(
      Connection connection,
      byte[] sql,
      String format,
      QueryRequest request,
      Response response,
      OutputStream out)
      throws IOException {
    try (var stream = connection.stream(sql, format, request.parameters())) {
      var summary = Summary.NOTHING;
      var more = true;
      for (var first = true; more; first = false) {
        try (var chunk = stream.next()) {
          var data = chunk.data();
          more = data.byteSize() > 0;
          summary = summary.plus(chunk.summary());
          response.summary(summary);
          OutputFormat.write(format, data, first, request.nativeRevision(), out);
        }
      }
    }
  }

  private static void insert(
      Connection connection, String format, QueryText text, QueryRequest request, Response response)
      throws IOException {
    try (var insert = connection.insert(text.sql(), format, request.parameters());
        var arena = Arena.ofConfined()) {
      var piece = arena.allocate(APPEND_BYTES);
      var bytes = new byte[APPEND_BYTES];
      for (int n; (n = text.data().readNBytes(bytes, 0, APPEND_BYTES)) > 0; ) {
        MemorySegment.copy(bytes, 0, piece, JAVA_BYTE, 0, n);
        insert.append(piece, n);
      }
      try (var result = insert.done()) {
        response.summary(result.summary());
      }
    }
  }
}
