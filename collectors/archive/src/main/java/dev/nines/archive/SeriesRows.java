// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.MetricView;
import dev.nines.telemetry.PointView;
import dev.nines.telemetry.SeriesId;
import dev.nines.telemetry.Slice;
import dev.nines.warehouse.block.Column;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.MapColumn;
import dev.nines.warehouse.block.NativeBlock;
import dev.nines.warehouse.block.TextColumn;
import dev.nines.warehouse.block.WordColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Rows of {@code metric_series}. */
final class SeriesRows {

  private final WordColumn tenant = new WordColumn("tenant");
  private final WordColumn region = new WordColumn("region");
  private final SeriesColumns series = new SeriesColumns();
  private final FixedColumn appendedOn = FixedColumn.date("appended_on");
  private final FixedColumn type = FixedColumn.enum8("type", "Int8");
  private final WordColumn unit = new WordColumn("unit");
  private final TextColumn description = new TextColumn("description");
  private final FixedColumn temporality = FixedColumn.enum8("temporality", "Int8");
  private final FixedColumn monotonic = FixedColumn.bool("monotonic");
  private final MapColumn resource = MapColumn.ofTexts("resource");
  private final WordColumn scope = new WordColumn("scope");
  private final WordColumn scopeVersion = new WordColumn("scope_version");
  private final MapColumn scopeAttributes = MapColumn.ofTexts("scope_attributes");
  private final MapColumn attributes = MapColumn.ofTexts("attributes");
  private final FixedColumn firstSeen = FixedColumn.dateTime64("first_seen", 3);
  private final FixedColumn lastSeen = FixedColumn.dateTime64("last_seen", 3);
  private final NativeBlock block = new NativeBlock(columns());

  private List<Column> columns() {
    List<Column> all = new ArrayList<>(List.of(tenant, region));
    all.addAll(series.all());
    all.addAll(List.of(appendedOn, type, unit, description, temporality, monotonic));
    all.addAll(List.of(resource, scope, scopeVersion, scopeAttributes, attributes));
    all.addAll(List.of(firstSeen, lastSeen));
    return all;
  }

  NativeBlock block() {
    return block;
  }

  void put(Origin record, SeriesId id, PointView point) {
    MetricView metric = point.metric();
    tenant.put(record.tenant());
    region.put(record.region());
    series.put(id, metric);
    appendedOn.put(TimeUnit.MILLISECONDS.toDays(record.appendedMillis()));
    type.put(metric.type().field());
    SeriesColumns.put(unit, metric.unit());
    Slice text = metric.description();
    description.put(text.array(), text.offset(), text.length());
    temporality.put(metric.temporality().ordinal());
    monotonic.put(metric.monotonic() ? 1L : 0L);
    AttributeRows.put(resource, metric.resourceAttributes());
    SeriesColumns.put(scope, metric.scopeName());
    SeriesColumns.put(scopeVersion, metric.scopeVersion());
    AttributeRows.put(scopeAttributes, metric.scopeAttributes());
    AttributeRows.put(attributes, point.attributes());
    firstSeen.put(record.appendedMillis());
    lastSeen.put(record.appendedMillis());
  }
}
