// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.AccountingEntry;
import dev.nines.warehouse.block.Column;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.WordColumn;
import java.util.List;

/** The columns of an entry in table {@code accounting}. */
final class AccountingColumns {

  private final WordColumn tenant = new WordColumn("tenant");
  private final WordColumn region = new WordColumn("region");
  private final WordColumn signal = new WordColumn("signal");
  private final WordColumn heading = new WordColumn("heading");
  private final WordColumn reason = new WordColumn("reason");
  private final FixedColumn items = FixedColumn.uint64("items");
  private final FixedColumn at = FixedColumn.dateTime64("at", 3);
  private final WordColumn task = new WordColumn("task");
  private final FixedColumn seq = FixedColumn.uint64("seq");

  List<Column> all() {
    return List.of(tenant, region, signal, heading, reason, items, at, task, seq);
  }

  void put(AccountingEntry entry) {
    tenant.put(entry.tenant());
    region.put(entry.region());
    signal.put(entry.signal());
    heading.put(entry.heading().name());
    reason.put(entry.reason());
    items.put(entry.items());
    at.put(entry.at().toEpochMilli());
    task.put(entry.task());
    seq.put(entry.seq());
  }
}
