// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.DoubleList;
import dev.nines.telemetry.LongList;
import dev.nines.telemetry.OptionalValue;
import dev.nines.warehouse.block.ArrayColumn;
import dev.nines.warehouse.block.Column;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.NullableColumn;
import java.util.ArrayList;
import java.util.List;

/** What both kinds of histogram have: count, sum, minimum and maximum. */
final class DistributionColumns {

  private final FixedColumn count = FixedColumn.uint64("count");
  private final NullableColumn sum = new NullableColumn(FixedColumn.float64("sum"));
  private final NullableColumn min = new NullableColumn(FixedColumn.float64("min"));
  private final NullableColumn max = new NullableColumn(FixedColumn.float64("max"));

  List<Column> and(List<? extends Column> more) {
    List<Column> all = new ArrayList<>(List.of(count, sum, min, max));
    all.addAll(more);
    return all;
  }

  void put(long newCount, OptionalValue newSum, OptionalValue newMin, OptionalValue newMax) {
    count.put(newCount);
    put(sum, newSum);
    put(min, newMin);
    put(max, newMax);
  }

  static ArrayColumn<FixedColumn> longs(String name) {
    return new ArrayColumn<>(name, FixedColumn.uint64("item"));
  }

  static ArrayColumn<FixedColumn> doubles(String name) {
    return new ArrayColumn<>(name, FixedColumn.float64("item"));
  }

  static void put(ArrayColumn<FixedColumn> column, LongList values) {
    for (int i = 0; i < values.size(); i++) {
      column.items().put(values.get(i));
    }
    column.endRow();
  }

  static void put(ArrayColumn<FixedColumn> column, DoubleList values) {
    for (int i = 0; i < values.size(); i++) {
      column.items().put(values.get(i));
    }
    column.endRow();
  }

  private static void put(NullableColumn column, OptionalValue value) {
    if (value.isPresent()) {
      column.put(value.value());
    } else {
      column.putNull();
    }
  }
}
