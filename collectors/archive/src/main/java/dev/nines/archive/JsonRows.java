// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.block.Column;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.NativeBlock;
import dev.nines.warehouse.sink.RecordIdentity;
import dev.nines.warehouse.sink.RowMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rows from the JSON of a topic of low rate: one row a record, with the record's place and time. A
 * record without a value, as in a compacted topic, gives none.
 */
abstract class JsonRows<T> implements RowMapper {

  private final ParsedOnce<T> parsed;
  private final FixedColumn partition = FixedColumn.uint16("partition");
  private final FixedColumn offset = FixedColumn.uint64("offset");
  private final FixedColumn loggedAt = FixedColumn.dateTime64("logged_at", 3);
  private final NativeBlock block;

  JsonRows(Class<T> type, List<? extends Column> columns) {
    parsed = new ParsedOnce<>(type);
    List<Column> all = new ArrayList<>(columns);
    all.addAll(List.of(partition, offset, loggedAt));
    block = new NativeBlock(all);
  }

  abstract @Nullable RecordIdentity identity(T value);

  /** Appends one row, or none and returns false. */
  abstract boolean append(T value);

  @Override
  public final int version() {
    return 1;
  }

  @Override
  public final List<NativeBlock> blocks() {
    return List.of(block);
  }

  @Override
  public final int rows(ConsumerRecord<byte[], byte[]> record) {
    return 1;
  }

  @Override
  public final @Nullable RecordIdentity identity(ConsumerRecord<byte[], byte[]> record) {
    T value = parsed.read(record);
    return value == null ? null : identity(value);
  }

  @Override
  public final void append(ConsumerRecord<byte[], byte[]> record) {
    T value = parsed.read(record);
    if (value != null && append(value)) {
      partition.put(record.partition());
      offset.put(record.offset());
      loggedAt.put(record.timestamp());
    }
  }

  static long millis(@Nullable Instant instant) {
    return Objects.requireNonNullElse(instant, Instant.EPOCH).toEpochMilli();
  }
}
