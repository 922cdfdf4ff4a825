// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import dev.nines.warehouse.block.NativeBlock;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into rows of one table or of several. The same records give the same rows in the
 * same order, in every process: the sink repeats a batch after a crash. Used by one thread.
 */
public interface RowMapper {

  /** Grows when the same record gives other rows than before. */
  int version();

  /**
   * The blocks that {@link #append} fills, one for each table of the target, in its order; always
   * the same objects.
   */
  List<NativeBlock> blocks();

  /** Null where the offset alone names the record: the topic is not mirrored. */
  @Nullable RecordIdentity identity(ConsumerRecord<byte[], byte[]> record);

  /**
   * About how many rows the record gives; sizes batches. 0 is exact: the value of a record that
   * gives no row is not kept, and {@link #append} gets the record without it.
   */
  int rows(ConsumerRecord<byte[], byte[]> record);

  /** Appends the record's rows; none is allowed. */
  void append(ConsumerRecord<byte[], byte[]> record);

  /** Forgets what was appended: a batch begins, or begins again after a failure. */
  default void clear() {
    blocks().forEach(NativeBlock::clear);
  }

  /**
   * What was appended since the blocks were cleared is in the tables. Not called when that is not
   * known: a mapper that remembers what it stored learns it here and nowhere else.
   */
  default void stored() {}
}
