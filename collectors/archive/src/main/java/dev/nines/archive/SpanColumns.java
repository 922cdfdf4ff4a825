// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.block.ArrayColumn;
import dev.nines.warehouse.block.Column;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.MapColumn;
import dev.nines.warehouse.block.NativeBlock;
import dev.nines.warehouse.block.TextColumn;
import dev.nines.warehouse.block.WordColumn;
import java.util.ArrayList;
import java.util.List;

/** The columns of table {@code spans} that the sink writes. */
final class SpanColumns {

  private static final String KINDS =
      "Enum8('unspecified' = 0, 'internal' = 1, 'server' = 2, 'client' = 3, 'producer' = 4,"
          + " 'consumer' = 5)";
  private static final String STATUSES = "Enum8('unset' = 0, 'ok' = 1, 'error' = 2)";

  final OriginColumns origin = new OriginColumns();
  final WordColumn service = new WordColumn("service");
  final WordColumn operation = new WordColumn("operation");
  final FixedColumn kind = FixedColumn.enum8("kind", KINDS);
  final FixedColumn status = FixedColumn.enum8("status", STATUSES);
  final TextColumn statusMessage = new TextColumn("status_message");
  final FixedColumn end = FixedColumn.dateTime64("end", 9);
  final FixedColumn durationNanos = FixedColumn.int64("duration_nanos");
  final FixedColumn traceId = FixedColumn.fixedString("trace_id", 16);
  final FixedColumn spanId = FixedColumn.fixedString("span_id", 8);
  final FixedColumn parentSpanId = FixedColumn.fixedString("parent_span_id", 8);
  final TextColumn traceState = new TextColumn("trace_state");
  final FixedColumn adjustedCount = FixedColumn.float64("adjusted_count");
  final WordColumn scope = new WordColumn("scope");
  final MapColumn resource = MapColumn.ofWords("resource");
  final MapColumn attributes = MapColumn.ofWords("attributes");
  final ArrayColumn<FixedColumn> eventTime =
      new ArrayColumn<>("event_time", FixedColumn.dateTime64("item", 9));
  final ArrayColumn<WordColumn> eventName = new ArrayColumn<>("event_name", new WordColumn("item"));
  final ArrayColumn<MapColumn> eventAttributes =
      new ArrayColumn<>("event_attributes", MapColumn.ofTexts("item"));
  final ArrayColumn<FixedColumn> linkTraceId =
      new ArrayColumn<>("link_trace_id", FixedColumn.fixedString("item", 16));
  final ArrayColumn<FixedColumn> linkSpanId =
      new ArrayColumn<>("link_span_id", FixedColumn.fixedString("item", 8));
  final ArrayColumn<MapColumn> linkAttributes =
      new ArrayColumn<>("link_attributes", MapColumn.ofTexts("item"));

  final NativeBlock block = new NativeBlock(columns());

  private List<Column> columns() {
    List<Column> all = new ArrayList<>(origin.all());
    all.addAll(List.of(service, operation, kind, status, statusMessage, end, durationNanos));
    all.addAll(List.of(traceId, spanId, parentSpanId, traceState, adjustedCount));
    all.addAll(List.of(scope, resource, attributes));
    all.addAll(List.of(eventTime, eventName, eventAttributes));
    all.addAll(List.of(linkTraceId, linkSpanId, linkAttributes));
    return all;
  }
}
