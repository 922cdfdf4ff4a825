// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The C functions of libchdb 26.7.3, one method each, without any policy (source:
 * chdb-io/chdb-core, programs/local/chdb.h). Calls block, and pin the carrier of a virtual thread:
 * use platform threads.
 */
final class Chdb {
  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols;

  private final MethodHandle connect;
  private final MethodHandle close;
  private final MethodHandle query;
  private final MethodHandle streamQuery;
  private final MethodHandle fetch;
  private final MethodHandle cancelStream;
  private final MethodHandle insert;
  private final MethodHandle append;
  private final MethodHandle done;
  private final MethodHandle insertError;
  private final MethodHandle destroyInsert;
  private final MethodHandle classify;
  private final MethodHandle resultBuffer;
  private final MethodHandle resultLength;
  private final MethodHandle resultError;
  private final MethodHandle rowsRead;
  private final MethodHandle storageRowsRead;
  private final MethodHandle storageBytesRead;
  private final MethodHandle rowsWritten;
  private final MethodHandle bytesWritten;
  private final MethodHandle destroyResult;

  /**
   * Loads the library for the life of the process; its signal handlers would break the JVM's own.
   */
  Chdb(Path library) {
    setEnvironment("TZ", "UTC");
    symbols = SymbolLookup.libraryLookup(library, Arena.global());
    connect = pointer("chdb_connect", JAVA_INT, ADDRESS);
    close = nothing("chdb_close_conn", ADDRESS);
    query = pointer("chdb_query_with_params_n", statementWithParameters());
    streamQuery = pointer("chdb_stream_query_with_params_n", statementWithParameters());
    fetch = pointer("chdb_stream_fetch_result", ADDRESS, ADDRESS);
    cancelStream = nothing("chdb_stream_cancel_query", ADDRESS, ADDRESS);
    insert = pointer("chdb_stream_insert_with_params_n", statementWithParameters());
    append = integer("chdb_stream_append", ADDRESS, ADDRESS, JAVA_LONG);
    done = pointer("chdb_stream_done", ADDRESS);
    insertError = pointer("chdb_stream_insert_error", ADDRESS);
    destroyInsert = nothing("chdb_destroy_insert_stream", ADDRESS);
    classify =
        integer("chdb_classify_query_n", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    resultBuffer = pointer("chdb_result_buffer", ADDRESS);
    resultLength = number("chdb_result_length");
    resultError = pointer("chdb_result_error", ADDRESS);
    rowsRead = number("chdb_result_rows_read");
    storageRowsRead = number("chdb_result_storage_rows_read");
    storageBytesRead = number("chdb_result_storage_bytes_read");
    rowsWritten = number("chdb_result_rows_written");
    bytesWritten = number("chdb_result_bytes_written");
    destroyResult = nothing("chdb_destroy_query_result", ADDRESS);
    call(nothing("chdb_set_signal_handlers_enabled", JAVA_INT), 0);
  }

  /** Opens a connection; the first one boots the engine. NULL on failure. */
  MemorySegment connect(int count, MemorySegment arguments) {
    try {
      return (MemorySegment) connect.invokeExact(count, arguments);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Ends the process at once, without the destructors that {@code exit} runs. */
  void leave(int status) {
    var exit =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("_exit"), FunctionDescriptor.ofVoid(JAVA_INT));
    call(exit, status);
  }

  void close(MemorySegment connection) {
    call(close, connection);
  }

  MemorySegment query(MemorySegment connection, StatementArguments statement) {
    return call(query, connection, statement);
  }

  MemorySegment streamQuery(MemorySegment connection, StatementArguments statement) {
    return call(streamQuery, connection, statement);
  }

  MemorySegment fetch(MemorySegment connection, MemorySegment stream) {
    try {
      return (MemorySegment) fetch.invokeExact(connection, stream);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  void cancelStream(MemorySegment connection, MemorySegment stream) {
    try {
      cancelStream.invokeExact(connection, stream);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  MemorySegment insert(MemorySegment connection, StatementArguments statement) {
    return call(insert, connection, statement);
  }

  /** 0 when the bytes were taken (they are copied), 1 when the insert has failed. */
  int append(MemorySegment insert, MemorySegment data, long length) {
    try {
      return (int) append.invokeExact(insert, data, length);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  MemorySegment done(MemorySegment insert) {
    return pointer(done, insert);
  }

  MemorySegment insertError(MemorySegment insert) {
    return pointer(insertError, insert);
  }

  /** Frees the insert; cancels it first unless it is done. */
  void destroyInsert(MemorySegment insert) {
    call(destroyInsert, insert);
  }

  int classify(MemorySegment connection, MemorySegment sql, MemorySegment analysis) {
    try {
      return (int)
          classify.invokeExact(connection, sql, sql.byteSize(), MemorySegment.NULL, 0L, analysis);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  MemorySegment resultBuffer(MemorySegment result) {
    return pointer(resultBuffer, result).reinterpret(number(resultLength, result));
  }

  MemorySegment resultError(MemorySegment result) {
    return pointer(resultError, result);
  }

  long rowsRead(MemorySegment result) {
    return number(rowsRead, result);
  }

  long storageRowsRead(MemorySegment result) {
    return number(storageRowsRead, result);
  }

  long storageBytesRead(MemorySegment result) {
    return number(storageBytesRead, result);
  }

  long rowsWritten(MemorySegment result) {
    return number(rowsWritten, result);
  }

  long bytesWritten(MemorySegment result) {
    return number(bytesWritten, result);
  }

  void destroyResult(MemorySegment result) {
    call(destroyResult, result);
  }

  /** The engine has no other way to a time zone of its own; the server's image has UTC as well. */
  private void setEnvironment(String name, String value) {
    var setenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setenv"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    try (var arena = Arena.ofConfined()) {
      var overwrite = 1;
      var failed =
          (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), overwrite);
      if (failed != 0) {
        throw new IllegalStateException("cannot set " + name);
      }
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static MemoryLayout[] statementWithParameters() {
    return new MemoryLayout[] {
      ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG
    };
  }

  private MethodHandle pointer(String name, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.of(ADDRESS, arguments));
  }

  private MethodHandle integer(String name, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private MethodHandle number(String name) {
    return bind(name, FunctionDescriptor.of(JAVA_LONG, ADDRESS));
  }

  private MethodHandle nothing(String name, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.ofVoid(arguments));
  }

  private MethodHandle bind(String name, FunctionDescriptor type) {
    return linker.downcallHandle(symbols.findOrThrow(name), type);
  }

  private static MemorySegment call(
      MethodHandle function, MemorySegment connection, StatementArguments s) {
    try {
      return (MemorySegment)
          function.invokeExact(
              connection,
              s.sql(),
              s.sql().byteSize(),
              s.format(),
              s.format().byteSize(),
              s.names(),
              s.nameLengths(),
              s.values(),
              s.valueLengths(),
              s.parameterCount());
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static MemorySegment pointer(MethodHandle function, MemorySegment argument) {
    try {
      return (MemorySegment) function.invokeExact(argument);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static long number(MethodHandle function, MemorySegment argument) {
    try {
      return (long) function.invokeExact(argument);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static void call(MethodHandle function, MemorySegment argument) {
    try {
      function.invokeExact(argument);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static void call(MethodHandle function, int argument) {
    try {
      function.invokeExact(argument);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** A down-call throws only when its Java side is wrong: C functions report by their results. */
  private static IllegalStateException broken(Throwable cause) {
    return new IllegalStateException("call into libchdb failed", cause);
  }
}
