// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Port: sees each insert of a sink. */
@FunctionalInterface
public interface InsertWatch {

  /** Sees nothing. */
  InsertWatch NONE = (table, records, insert) -> insert.run();

  /** Runs the insert of these records' rows, and lets what it throws through. */
  void watch(String table, List<ConsumerRecord<byte[], byte[]>> records, Runnable insert);
}
