// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.lang.foreign.MemorySegment;

/** A running SELECT. Each chunk is a document of its own in the query's format. */
final class ResultStream implements AutoCloseable {
  private final Chdb chdb;
  private final MemorySegment connection;
  private final Result stream;
  private boolean ended;

  ResultStream(Chdb chdb, MemorySegment connection, Result stream) {
    this.chdb = chdb;
    this.connection = connection;
    this.stream = stream;
  }

  /** The next chunk, to be closed by the caller; one without data is the end. */
  Result next() {
    var chunk = fetch();
    ended = chunk.data().byteSize() == 0;
    return chunk;
  }

  private Result fetch() {
    try {
      return Result.checked(chdb, chdb.fetch(connection, stream.handle()));
    } catch (EngineException e) {
      ended = true;
      throw e;
    }
  }

  @Override
  public void close() {
    if (!ended) {
      chdb.cancelStream(connection, stream.handle());
    }
    stream.close();
  }
}
