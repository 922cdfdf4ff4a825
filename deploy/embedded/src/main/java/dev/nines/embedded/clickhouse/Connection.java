// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * A connection to the engine: current database, settings and temporary tables of its own. It runs
 * one statement at a time and belongs to one thread at a time.
 */
final class Connection implements AutoCloseable {
  /** {@code chdb_query_analysis_v1}: struct_size, statement_count, flags, query_class. */
  private static final long ANALYSIS_BYTES = 16;

  private final Chdb chdb;
  private final MemorySegment handle;
  private final MemorySegment connection;

  /** The handle is what {@code chdb_connect} returned: a pointer to the connection. */
  Connection(Chdb chdb, MemorySegment handle) {
    this.chdb = chdb;
    this.handle = handle;
    this.connection = handle.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
  }

  /** Runs a statement whose result, if it has one, is not needed. */
  void execute(String sql) {
    query(sql.getBytes(UTF_8), "TSV", Map.of()).close();
  }

  /** Runs a statement and returns its one value as text. */
  String value(String sql) {
    try (var result = query(sql.getBytes(UTF_8), "TSVRaw", Map.of())) {
      var line = new String(result.data().toArray(JAVA_BYTE), UTF_8);
      return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    }
  }

  /** Runs any statement; its whole result is in the engine's memory. */
  Result query(byte[] sql, String format, Map<String, String> parameters) {
    try (var arena = Arena.ofConfined()) {
      var statement = StatementArguments.of(arena, sql, format, parameters);
      return Result.checked(chdb, chdb.query(connection, statement));
    }
  }

  /** Starts a SELECT whose result is fetched chunk by chunk. */
  ResultStream stream(byte[] sql, String format, Map<String, String> parameters) {
    try (var arena = Arena.ofConfined()) {
      var statement = StatementArguments.of(arena, sql, format, parameters);
      var stream = Result.checked(chdb, chdb.streamQuery(connection, statement));
      return new ResultStream(chdb, connection, stream);
    }
  }

  /** Starts an INSERT, given without FORMAT and data, whose data is appended in pieces. */
  InsertStream insert(byte[] sql, String format, Map<String, String> parameters) {
    try (var arena = Arena.ofConfined()) {
      var statement = StatementArguments.of(arena, sql, format, parameters);
      return InsertStream.checked(chdb, chdb.insert(connection, statement));
    }
  }

  /** What the engine's own parser says about a statement. */
  Analysis classify(byte[] sql) {
    try (var arena = Arena.ofConfined()) {
      var analysis = arena.allocate(ANALYSIS_BYTES, 4);
      analysis.set(JAVA_INT, 0, (int) ANALYSIS_BYTES);
      if (chdb.classify(connection, arena.allocateFrom(JAVA_BYTE, sql), analysis) != 0) {
        throw new IllegalStateException("chdb_classify_query_n refused the connection");
      }
      return new Analysis(
          analysis.get(JAVA_INT, 4), Analysis.Effect.values()[analysis.get(JAVA_INT, 12)]);
    }
  }

  @Override
  public void close() {
    chdb.close(handle);
  }
}
