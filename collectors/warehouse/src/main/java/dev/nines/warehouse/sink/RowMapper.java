// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import dev.nines.warehouse.block.NativeBlock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into rows of one table. The same records give the same rows in the same order, in
 * every process: the sink repeats a batch after a crash. Used by one thread.
 */
public interface RowMapper {

  /** Grows when the same record gives other rows than before. */
  int version();

  /** The block that {@link #append} fills; always the same object. */
  NativeBlock block();

  /** Null where the offset alone names the record: the topic is not mirrored. */
  @Nullable RecordIdentity identity(ConsumerRecord<byte[], byte[]> record);

  /** About how many rows the record gives; sizes batches. */
  int rows(ConsumerRecord<byte[], byte[]> record);

  /** Appends the record's rows; none is allowed. */
  void append(ConsumerRecord<byte[], byte[]> record);
}
