// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.RedRollup;
import dev.nines.warehouse.block.ArrayColumn;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.NativeBlock;
import dev.nines.warehouse.sink.RecordIdentity;
import dev.nines.warehouse.sink.RowMapper;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** {@code red.rollups} to {@code red_1m}, which sums while its parts merge. */
final class RedMinuteRows implements RowMapper {

  private static final long NO_BOUND = 0xFFFF_FFFFL;

  private final ParsedOnce<RedRollup> parsed = new ParsedOnce<>(RedRollup.class);
  private final RedColumns red = new RedColumns();
  private final FixedColumn minute = FixedColumn.dateTime("minute");
  private final ArrayColumn<FixedColumn> bounds =
      new ArrayColumn<>("latencyMap.bound", FixedColumn.uint32("item"));
  private final ArrayColumn<FixedColumn> counts =
      new ArrayColumn<>("latencyMap.count", FixedColumn.uint64("item"));
  private final FixedColumn loggedOn = FixedColumn.date("logged_on");
  private final NativeBlock block =
      new NativeBlock(red.and(List.of(minute, bounds, counts, loggedOn)));

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<NativeBlock> blocks() {
    return List.of(block);
  }

  @Override
  public @Nullable RecordIdentity identity(ConsumerRecord<byte[], byte[]> record) {
    RedRollup rollup = parsed.read(record);
    return rollup == null ? null : new RecordIdentity(rollup.region(), rollup.task(), rollup.seq());
  }

  @Override
  public int rows(ConsumerRecord<byte[], byte[]> record) {
    return 1;
  }

  @Override
  public void append(ConsumerRecord<byte[], byte[]> record) {
    RedRollup rollup = parsed.read(record);
    if (rollup == null) {
      return;
    }
    red.put(rollup);
    long seconds = rollup.sliceStart().getEpochSecond();
    minute.put(seconds - Math.floorMod(seconds, 60L));
    for (int i = 0; i < rollup.buckets().size(); i++) {
      boolean bounded = i < RedRollup.BOUNDS_MILLIS.size();
      bounds.items().put(bounded ? RedRollup.BOUNDS_MILLIS.get(i) : NO_BOUND);
      counts.items().put(rollup.buckets().get(i));
    }
    bounds.endRow();
    counts.endRow();
    loggedOn.put(TimeUnit.MILLISECONDS.toDays(record.timestamp()));
  }
}
