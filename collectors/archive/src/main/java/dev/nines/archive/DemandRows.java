// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.RedRollup;
import dev.nines.warehouse.block.ArrayColumn;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.NativeBlock;
import dev.nines.warehouse.block.WordColumn;
import dev.nines.warehouse.sink.RecordIdentity;
import dev.nines.warehouse.sink.RowMapper;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * {@code red.rollups} to {@code demand_1h}, which sums while its parts merge: only what came in to
 * a service, for a call that it made is another's demand.
 */
final class DemandRows implements RowMapper {

  private static final Set<String> INCOMING = Set.of("server", "consumer");
  private static final long HOUR_SECONDS = 3_600;
  private static final long MINUTE_SECONDS = 60;

  private final ParsedOnce<RedRollup> parsed = new ParsedOnce<>(RedRollup.class);
  private final WordColumn tenant = new WordColumn("tenant");
  private final WordColumn service = new WordColumn("service");
  private final WordColumn region = new WordColumn("region");
  private final FixedColumn hour = FixedColumn.dateTime("hour");
  private final FixedColumn count = FixedColumn.uint64("count");
  private final FixedColumn errors = FixedColumn.uint64("errors");
  private final FixedColumn durationNanos = FixedColumn.uint64("duration_nanos");
  private final ArrayColumn<FixedColumn> minutes =
      new ArrayColumn<>("minuteMap.minute", FixedColumn.uint8("item"));
  private final ArrayColumn<FixedColumn> counts =
      new ArrayColumn<>("minuteMap.count", FixedColumn.uint64("item"));
  private final FixedColumn loggedOn = FixedColumn.date("logged_on");
  private final NativeBlock block =
      new NativeBlock(
          List.of(
              tenant,
              service,
              region,
              hour,
              count,
              errors,
              durationNanos,
              minutes,
              counts,
              loggedOn));

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
    if (rollup == null || !INCOMING.contains(rollup.kind())) {
      return;
    }
    long seconds = rollup.sliceStart().getEpochSecond();
    long within = Math.floorMod(seconds, HOUR_SECONDS);
    tenant.put(rollup.tenant());
    service.put(rollup.service());
    region.put(rollup.region());
    hour.put(seconds - within);
    count.put(rollup.count());
    errors.put(rollup.errors());
    durationNanos.put(rollup.durationNanos());
    minutes.items().put(within / MINUTE_SECONDS);
    counts.items().put(rollup.count());
    minutes.endRow();
    counts.endRow();
    loggedOn.put(TimeUnit.MILLISECONDS.toDays(record.timestamp()));
  }
}
