// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.lang.foreign.MemorySegment;

/** A result in the engine's memory, until it is closed. */
record Result(Chdb chdb, MemorySegment handle) implements AutoCloseable {
  private static final long MAX_ERROR_BYTES = 1 << 20;

  /** Takes the result over, or throws the error that it carries. */
  static Result checked(Chdb chdb, MemorySegment handle) {
    var error = chdb.resultError(handle);
    if (error.equals(MemorySegment.NULL)) {
      return new Result(chdb, handle);
    }
    var text = text(error);
    chdb.destroyResult(handle);
    throw EngineException.parse(text);
  }

  static String text(MemorySegment pointer) {
    return pointer.reinterpret(MAX_ERROR_BYTES).getString(0);
  }

  MemorySegment data() {
    return chdb.resultBuffer(handle);
  }

  Summary summary() {
    return new Summary(
        chdb.storageRowsRead(handle),
        chdb.storageBytesRead(handle),
        chdb.rowsWritten(handle),
        chdb.bytesWritten(handle),
        chdb.rowsRead(handle));
  }

  @Override
  public void close() {
    chdb.destroyResult(handle);
  }
}
