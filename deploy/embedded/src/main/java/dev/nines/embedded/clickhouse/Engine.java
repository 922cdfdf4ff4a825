// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine over one data folder; one connection stays open so that it keeps running between
 * requests.
 */
final class Engine implements AutoCloseable {
  private final Chdb chdb;
  private final List<String> arguments;
  private final Connection anchor;
  private final String timezone;

  /**
   * Throws {@link IllegalStateException} when the folder cannot be opened.
   *
   * @param config the engine's own configuration file
   */
  Engine(Chdb chdb, Path data, long memoryBytes, @Nullable Path config) {
    this.chdb = chdb;
    var cache = "=" + memoryBytes / 16;
    List<String> all =
        List.of(
            "clickhouse",
            "--path=" + data,
            "--max_server_memory_usage=" + memoryBytes,
            "--mark_cache_size" + cache,
            "--primary_index_cache_size" + cache,
            "--index_mark_cache_size" + cache,
            "--vector_similarity_index_cache_size" + cache,
            "--text_index_tokens_cache_size" + cache,
            "--text_index_header_cache_size" + cache,
            "--text_index_postings_cache_size" + cache,
            // What the server refuses, the command-line tool reads as SELECT.
            "--implicit_select=0");
    this.arguments =
        config == null
            ? all
            : Stream.concat(all.stream(), Stream.of("--config-file=" + config)).toList();
    this.anchor = open();
    this.timezone = anchor.value("SELECT timezone()");
  }

  /** A connection with settings of its own, opened in about 0.1 ms. */
  Connection open() {
    try (var arena = Arena.ofConfined()) {
      var array = arena.allocate(ADDRESS, arguments.size());
      for (var i = 0; i < arguments.size(); i++) {
        array.setAtIndex(ADDRESS, i, arena.allocateFrom(arguments.get(i)));
      }
      var handle = chdb.connect(arguments.size(), array);
      if (handle.equals(MemorySegment.NULL)) {
        throw new IllegalStateException("the engine refuses to connect: " + arguments.get(1));
      }
      return new Connection(chdb, handle);
    }
  }

  String timezone() {
    return timezone;
  }

  /** Asks the query to stop; it ends with code 394 a little later. */
  void kill(String queryId) {
    killWhere("Settings['log_comment'] = " + Sql.literal(queryId));
  }

  void killAll() {
    killWhere("Settings['log_comment'] != ''");
  }

  private void killWhere(String condition) {
    try (var connection = open()) {
      connection.execute("KILL QUERY WHERE " + condition + " ASYNC");
    }
  }

  @Override
  public void close() {
    anchor.close();
  }
}
