// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.RedRollup;
import dev.nines.warehouse.block.Column;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.WordColumn;
import java.util.ArrayList;
import java.util.List;

/** What the RED tables of both widths have in common. */
final class RedColumns {

  private final WordColumn tenant = new WordColumn("tenant");
  private final WordColumn service = new WordColumn("service");
  private final WordColumn operation = new WordColumn("operation");
  private final WordColumn kind = new WordColumn("kind");
  private final WordColumn region = new WordColumn("region");
  private final FixedColumn count = FixedColumn.uint64("count");
  private final FixedColumn errors = FixedColumn.uint64("errors");
  private final FixedColumn durationNanos = FixedColumn.uint64("duration_nanos");

  List<Column> and(List<? extends Column> more) {
    List<Column> all = new ArrayList<>();
    all.addAll(List.of(tenant, service, operation, kind, region, count, errors, durationNanos));
    all.addAll(more);
    return all;
  }

  void put(RedRollup rollup) {
    tenant.put(rollup.tenant());
    service.put(rollup.service());
    operation.put(rollup.operation());
    kind.put(rollup.kind());
    region.put(rollup.region());
    count.put(rollup.count());
    errors.put(rollup.errors());
    durationNanos.put(rollup.durationNanos());
  }
}
