// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** One block cache and one write-buffer manager for all stores of a JVM: native memory's bound. */
public final class RocksMemory implements AutoCloseable {

  static final String KEY = "nines.rocks.memory";

  final Cache cache;
  final WriteBufferManager writeBuffers;

  /**
   * @param bytes of cache and write buffers together; write buffers take at most half
   */
  public RocksMemory(long bytes) {
    RocksDB.loadLibrary();
    this.cache = new LRUCache(bytes);
    this.writeBuffers = new WriteBufferManager(bytes / 2, cache);
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }
}
