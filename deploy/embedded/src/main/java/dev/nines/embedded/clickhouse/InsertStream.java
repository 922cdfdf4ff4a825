// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.lang.foreign.MemorySegment;

/** A running INSERT. Closing it before {@link #done} cancels what was not yet written. */
record InsertStream(Chdb chdb, MemorySegment handle) implements AutoCloseable {

  static InsertStream checked(Chdb chdb, MemorySegment handle) {
    var insert = new InsertStream(chdb, handle);
    if (!chdb.insertError(handle).equals(MemorySegment.NULL)) {
      throw insert.failed();
    }
    return insert;
  }

  /** Hands bytes over; they are copied. Blocks while the engine is behind. */
  void append(MemorySegment data, long length) {
    if (chdb.append(handle, data, length) != 0) {
      throw EngineException.parse(error());
    }
  }

  /** Commits. */
  Result done() {
    return Result.checked(chdb, chdb.done(handle));
  }

  @Override
  public void close() {
    chdb.destroyInsert(handle);
  }

  private EngineException failed() {
    var error = EngineException.parse(error());
    close();
    return error;
  }

  private String error() {
    var error = chdb.insertError(handle);
    return error.equals(MemorySegment.NULL) ? "insert stream failed" : Result.text(error);
  }
}
