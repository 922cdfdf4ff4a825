// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.ExemplarView;
import dev.nines.telemetry.PointView;
import dev.nines.telemetry.SeriesId;
import dev.nines.telemetry.Slice;
import dev.nines.warehouse.block.Column;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.MapColumn;
import dev.nines.warehouse.block.NativeBlock;
import dev.nines.warehouse.block.NullableColumn;
import java.util.ArrayList;
import java.util.List;

/** Rows of {@code metric_exemplars}: those of all types of points. */
final class ExemplarRows {

  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  private final ExemplarView exemplar = new ExemplarView();
  private final OriginColumns origin = new OriginColumns();
  private final SeriesColumns series = new SeriesColumns();
  private final FixedColumn time = FixedColumn.dateTime64("time", 9);
  private final FixedColumn pointTime = FixedColumn.dateTime64("point_time", 9);
  private final FixedColumn ordinal = FixedColumn.uint16("ordinal");
  private final NullableColumn valueInt = new NullableColumn(FixedColumn.int64("value_int"));
  private final NullableColumn valueDouble =
      new NullableColumn(FixedColumn.float64("value_double"));
  private final FixedColumn traceId = FixedColumn.fixedString("trace_id", TRACE_ID_BYTES);
  private final FixedColumn spanId = FixedColumn.fixedString("span_id", SPAN_ID_BYTES);
  private final MapColumn attributes = MapColumn.ofTexts("attributes");
  private final NativeBlock block = new NativeBlock(columns());

  private List<Column> columns() {
    List<Column> all = new ArrayList<>(origin.all());
    all.addAll(series.all());
    all.addAll(
        List.of(time, pointTime, ordinal, valueInt, valueDouble, traceId, spanId, attributes));
    return all;
  }

  NativeBlock block() {
    return block;
  }

  void begin(Origin record) {
    origin.begin(record);
  }

  void put(Origin record, SeriesId id, PointView point) {
    for (int i = 0; i < point.exemplars().size(); i++) {
      exemplar.read(point.exemplars().get(i));
      origin.put(record, point.index());
      series.put(id, point.metric());
      time.put(exemplar.timeNanos());
      pointTime.put(point.timeNanos());
      ordinal.put(i);
      NumberRows.put(
          exemplar.kind(), exemplar.intValue(), exemplar.doubleValue(), valueInt, valueDouble);
      putId(traceId, exemplar.traceId(), TRACE_ID_BYTES);
      putId(spanId, exemplar.spanId(), SPAN_ID_BYTES);
      AttributeRows.put(attributes, exemplar.filteredAttributes());
    }
  }

  /** Ids are not checked at the edge: a longer one is cut, never an obstacle. */
  private static void putId(FixedColumn column, Slice id, int bytes) {
    column.put(id.array(), id.offset(), Math.min(id.length(), bytes));
  }
}
