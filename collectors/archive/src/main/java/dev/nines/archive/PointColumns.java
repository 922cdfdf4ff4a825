// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.PointView;
import dev.nines.telemetry.SeriesId;
import dev.nines.warehouse.block.Column;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.NativeBlock;
import java.util.ArrayList;
import java.util.List;

/** What the tables of points have in common, and the block of one of them. */
final class PointColumns {

  private final OriginColumns origin = new OriginColumns();
  private final SeriesColumns series = new SeriesColumns();
  private final FixedColumn temporality = FixedColumn.enum8("temporality", "Int8");
  private final FixedColumn start = FixedColumn.dateTime64("start", 9);
  private final FixedColumn time = FixedColumn.dateTime64("time", 9);
  private final FixedColumn flags = FixedColumn.uint32("flags");
  private final NativeBlock block;

  /**
   * @param more the columns that only this table has
   */
  PointColumns(List<? extends Column> more) {
    List<Column> all = new ArrayList<>(origin.all());
    all.addAll(series.all());
    all.addAll(List.of(temporality, start, time, flags));
    all.addAll(more);
    this.block = new NativeBlock(all);
  }

  NativeBlock block() {
    return block;
  }

  void begin(Origin record) {
    origin.begin(record);
  }

  void put(Origin record, SeriesId id, PointView point) {
    origin.put(record, point.index());
    series.put(id, point.metric());
    temporality.put(point.metric().temporality().ordinal());
    start.put(point.startNanos());
    time.put(point.timeNanos());
    flags.put(point.flags());
  }
}
