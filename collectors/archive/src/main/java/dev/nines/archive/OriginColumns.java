// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.block.Column;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.WordColumn;
import java.util.List;

/**
 * The columns that name a row of accepted telemetry and tell its place in the log. Texts that all
 * rows of a record share are looked up once a record.
 */
final class OriginColumns {

  private final WordColumn tenant = new WordColumn("tenant");
  private final WordColumn region = new WordColumn("region");
  private final WordColumn task = new WordColumn("task");
  private final FixedColumn seq = FixedColumn.uint64("seq");
  private final FixedColumn index = FixedColumn.uint32("index");
  private final WordColumn topic = new WordColumn("topic");
  private final FixedColumn partition = FixedColumn.uint16("partition");
  private final FixedColumn offset = FixedColumn.uint64("offset");
  private final FixedColumn appendedAt = FixedColumn.dateTime64("appended_at", 3);
  private final FixedColumn receivedAt = FixedColumn.dateTime64("received_at", 3);
  private int tenantId;
  private int regionId;
  private int taskId;
  private int topicId;

  List<Column> all() {
    return List.of(
        tenant, region, task, seq, index, topic, partition, offset, appendedAt, receivedAt);
  }

  /** The next rows are of this record. */
  void begin(Origin origin) {
    tenantId = tenant.id(origin.tenant());
    regionId = region.id(origin.region());
    taskId = task.id(origin.task());
    topicId = topic.id(origin.topic());
  }

  /**
   * @param position of the item in its body, from 0
   */
  void put(Origin origin, long position) {
    tenant.putId(tenantId);
    region.putId(regionId);
    task.putId(taskId);
    seq.put(origin.seq());
    index.put(position);
    topic.putId(topicId);
    partition.put(origin.partition());
    offset.put(origin.offset());
    appendedAt.put(origin.appendedMillis());
    receivedAt.put(origin.receivedMillis());
  }
}
