// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;

/** Gives each store the memory that {@link StreamsSettings} put into the configuration. */
public final class SharedRocksMemory implements RocksDBConfigSetter {

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    if (!(configs.get(RocksMemory.KEY) instanceof RocksMemory memory)) {
      throw new IllegalStateException("store " + store + " without " + RocksMemory.KEY);
    }
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(memory.cache);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(memory.writeBuffers);
    options.setWriteBufferSize(8L << 20);
    options.setMaxWriteBufferNumber(2);
    options.setCompressionType(CompressionType.NO_COMPRESSION);
  }

  @Override
  public void close(String store, Options options) {
    // The memory is shared; its owner closes it.
  }
}
