// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import dev.nines.warehouse.block.NativeBlock;
import java.time.Duration;

/**
 * Inserts Native blocks, each under a token: ClickHouse drops a block whose token it has seen
 * within the table's de-duplication window. What decides about that is set here, never left to a
 * version's default.
 */
public final class Writer implements AutoCloseable {

  private final Client client;
  private final Duration timeout;

  /**
   * @param timeout of one insert, below the session timeout of the consumer whose records it holds
   */
  public Writer(Warehouse warehouse, Duration timeout) {
    this.timeout = timeout;
    this.client = warehouse.client(timeout);
  }

  /**
   * Returns once the rows are in the table, or were before.
   *
   * @throws WarehouseException when that is not known: try again with the same rows and token
   */
  public void insert(String table, NativeBlock block, String token) {
    try {
      client
          .insert(
              table, block.columnNames(), block::writeTo, ClickHouseFormat.Native, settings(token))
          .join()
          .close();
    } catch (ClickHouseException e) {
      throw WarehouseException.of("insert into " + table, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private InsertSettings settings(String token) {
    return new InsertSettings()
        .setDeduplicationToken(token)
        .serverSetting("insert_deduplicate", "1")
        .serverSetting("deduplicate_blocks_in_dependent_materialized_views", "1")
        .serverSetting("async_insert", "0")
        .serverSetting("max_execution_time", Long.toString(Math.max(1, timeout.toSeconds() - 1)));
  }
}
