// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.NativeBlock;
import dev.nines.warehouse.block.WordColumn;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A mapper for tests: the value {@code task seq n} becomes n rows with their index. Those of even
 * index go into the first table, the others into a second one.
 */
final class CountedRows implements RowMapper {

  private final Rows even = new Rows();
  private final Rows odd = new Rows();

  /** One table. */
  private static final class Rows {
    final WordColumn task = new WordColumn("task");
    final FixedColumn seq = FixedColumn.uint64("seq");
    final FixedColumn index = FixedColumn.uint32("index");
    final NativeBlock block = new NativeBlock(List.of(task, seq, index));
  }

  static SinkTarget target(String name) {
    return new SinkTarget(
        name, Pattern.compile(name + "\\..*"), tables(name), List.of(new CountedRows()));
  }

  static List<String> tables(String name) {
    return List.of(name, name + "_odd");
  }

  static String table(String name) {
    return """
        CREATE TABLE %s (task LowCardinality(String), seq UInt64, `index` UInt32)
        ENGINE = MergeTree ORDER BY (task, seq, index)
        SETTINGS non_replicated_deduplication_window = 1000
        """
        .formatted(name);
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<NativeBlock> blocks() {
    return List.of(even.block, odd.block);
  }

  @Override
  public RecordIdentity identity(ConsumerRecord<byte[], byte[]> record) {
    String[] words = words(record);
    return new RecordIdentity("region", words[0], Long.parseLong(words[1]));
  }

  @Override
  public int rows(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(1, given(record)); // The identity is in the value, which must be kept.
  }

  private static int given(ConsumerRecord<byte[], byte[]> record) {
    return Integer.parseInt(words(record)[2]);
  }

  @Override
  public void append(ConsumerRecord<byte[], byte[]> record) {
    String[] words = words(record);
    for (int i = 0; i < given(record); i++) {
      Rows rows = i % 2 == 0 ? even : odd;
      rows.task.put(words[0]);
      rows.seq.put(Long.parseLong(words[1]));
      rows.index.put(i);
    }
  }

  private static String[] words(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8).split(" ");
  }
}
