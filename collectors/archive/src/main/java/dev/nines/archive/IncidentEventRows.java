// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.TextColumn;
import dev.nines.warehouse.block.WordColumn;
import dev.nines.warehouse.sink.RecordIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code incident.events} to {@code incident_events}. */
final class IncidentEventRows extends JsonRows<IncidentEvent> {

  private final Columns columns;

  private record Columns(
      WordColumn tenant, TextColumn id, WordColumn kind, FixedColumn at, TextColumn payload) {}

  IncidentEventRows() {
    this(
        new Columns(
            new WordColumn("tenant"),
            new TextColumn("id"),
            new WordColumn("kind"),
            FixedColumn.dateTime64("at", 3),
            new TextColumn("payload")));
  }

  private IncidentEventRows(Columns c) {
    super(IncidentEvent.class, List.of(c.tenant, c.id, c.kind, c.at, c.payload));
    this.columns = c;
  }

  @Override
  @Nullable RecordIdentity identity(IncidentEvent event) {
    return null;
  }

  @Override
  boolean append(IncidentEvent event) {
    columns.tenant.put(event.tenant());
    columns.id.put(event.id());
    columns.kind.put(event.kind());
    columns.at.put(event.at().toEpochMilli());
    columns.payload.put(
        event.payload().isTextual() ? event.payload().textValue() : event.payload().toString());
    return true;
  }
}
