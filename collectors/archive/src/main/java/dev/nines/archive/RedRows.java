// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.RedRollup;
import dev.nines.warehouse.block.ArrayColumn;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.WordColumn;
import dev.nines.warehouse.sink.RecordIdentity;
import java.util.List;

/** {@code red.rollups} to {@code red_10s}. */
final class RedRows extends JsonRows<RedRollup> {

  private final RedColumns red;
  private final FixedColumn slice;
  private final ArrayColumn<FixedColumn> buckets;
  private final WordColumn task;
  private final FixedColumn seq;

  RedRows() {
    this(
        new RedColumns(),
        FixedColumn.dateTime("slice"),
        new ArrayColumn<>("buckets", FixedColumn.uint64("item")),
        new WordColumn("task"),
        FixedColumn.uint64("seq"));
  }

  private RedRows(
      RedColumns red,
      FixedColumn slice,
      ArrayColumn<FixedColumn> buckets,
      WordColumn task,
      FixedColumn seq) {
    super(RedRollup.class, red.and(List.of(slice, buckets, task, seq)));
    this.red = red;
    this.slice = slice;
    this.buckets = buckets;
    this.task = task;
    this.seq = seq;
  }

  @Override
  RecordIdentity identity(RedRollup rollup) {
    return new RecordIdentity(rollup.region(), rollup.task(), rollup.seq());
  }

  @Override
  boolean append(RedRollup rollup) {
    red.put(rollup);
    slice.put(rollup.sliceStart().getEpochSecond());
    rollup.buckets().forEach(buckets.items()::put);
    buckets.endRow();
    task.put(rollup.task());
    seq.put(rollup.seq());
    return true;
  }
}
