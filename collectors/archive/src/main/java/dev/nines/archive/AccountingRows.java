// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.AccountingEntry;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.WordColumn;
import dev.nines.warehouse.sink.RecordIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code telemetry.accounting} to {@code accounting}. */
final class AccountingRows extends JsonRows<AccountingEntry> {

  private final Columns columns;

  /** The columns in the order of the table. */
  private record Columns(
      WordColumn tenant,
      WordColumn region,
      WordColumn signal,
      WordColumn heading,
      WordColumn reason,
      FixedColumn items,
      FixedColumn at,
      WordColumn task,
      FixedColumn seq) {}

  AccountingRows() {
    this(
        new Columns(
            new WordColumn("tenant"),
            new WordColumn("region"),
            new WordColumn("signal"),
            new WordColumn("heading"),
            new WordColumn("reason"),
            FixedColumn.uint64("items"),
            FixedColumn.dateTime64("at", 3),
            new WordColumn("task"),
            FixedColumn.uint64("seq")));
  }

  private AccountingRows(Columns c) {
    super(
        AccountingEntry.class,
        List.of(c.tenant, c.region, c.signal, c.heading, c.reason, c.items, c.at, c.task, c.seq));
    this.columns = c;
  }

  /**
   * A collector counts in memory and from 1 again after a restart: its entries have no identity.
   */
  @Override
  @Nullable RecordIdentity identity(AccountingEntry entry) {
    return switch (entry.heading()) {
      case OFFERED, REJECTED, REFUSED -> null;
      case ACCEPTED, DEDUPLICATED, COUNTED_ONLY, FORWARDED ->
          new RecordIdentity(entry.region(), entry.task(), entry.seq());
    };
  }

  @Override
  boolean append(AccountingEntry entry) {
    columns.tenant.put(entry.tenant());
    columns.region.put(entry.region());
    columns.signal.put(entry.signal());
    columns.heading.put(entry.heading().name());
    columns.reason.put(entry.reason());
    columns.items.put(entry.items());
    columns.at.put(entry.at().toEpochMilli());
    columns.task.put(entry.task());
    columns.seq.put(entry.seq());
    return true;
  }
}
