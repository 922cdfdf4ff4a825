// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.AccountingEntry;
import dev.nines.warehouse.sink.RecordIdentity;
import org.jspecify.annotations.Nullable;

/** {@code telemetry.accounting} to {@code accounting}. */
final class AccountingRows extends JsonRows<AccountingEntry> {

  private final AccountingColumns columns;

  AccountingRows() {
    this(new AccountingColumns());
  }

  private AccountingRows(AccountingColumns columns) {
    super(AccountingEntry.class, columns.all());
    this.columns = columns;
  }

  /**
   * A collector counts in memory and from 1 again after a restart: its entries have no identity.
   */
  @Override
  @Nullable RecordIdentity identity(AccountingEntry entry) {
    return switch (entry.heading()) {
      case OFFERED, REJECTED, REFUSED -> null;
      case ACCEPTED, DEDUPLICATED, COUNTED_ONLY, FORWARDED, SAMPLED_OUT ->
          new RecordIdentity(entry.region(), entry.task(), entry.seq());
    };
  }

  @Override
  boolean append(AccountingEntry entry) {
    columns.put(entry);
    return true;
  }
}
