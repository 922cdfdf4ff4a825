// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.ChangeEvent;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.TextColumn;
import dev.nines.warehouse.block.WordColumn;
import dev.nines.warehouse.sink.RecordIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code control.changes} to {@code changes}. */
final class ChangeRows extends JsonRows<ChangeEvent> {

  private final Columns columns;

  private record Columns(
      WordColumn tenant,
      TextColumn id,
      WordColumn service,
      TextColumn version,
      WordColumn region,
      WordColumn kind,
      TextColumn summary,
      FixedColumn at) {}

  ChangeRows() {
    this(
        new Columns(
            new WordColumn("tenant"),
            new TextColumn("id"),
            new WordColumn("service"),
            new TextColumn("version"),
            new WordColumn("region"),
            new WordColumn("kind"),
            new TextColumn("summary"),
            FixedColumn.dateTime64("at", 3)));
  }

  private ChangeRows(Columns c) {
    super(
        ChangeEvent.class,
        List.of(c.tenant, c.id, c.service, c.version, c.region, c.kind, c.summary, c.at));
    this.columns = c;
  }

  @Override
  @Nullable RecordIdentity identity(ChangeEvent change) {
    return null;
  }

  @Override
  boolean append(ChangeEvent change) {
    columns.tenant.put(change.tenant());
    columns.id.put(change.id());
    columns.service.put(change.service());
    columns.version.put(change.version());
    columns.region.put(change.region());
    columns.kind.put(change.kind());
    columns.summary.put(change.summary());
    columns.at.put(change.at().toEpochMilli());
    return true;
  }
}
