// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.NumberPointView;
import dev.nines.telemetry.SeriesId;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.NullableColumn;
import java.util.List;

/** Rows of {@code metric_points}. */
final class NumberRows {

  private final FixedColumn monotonic = FixedColumn.bool("monotonic");
  private final NullableColumn valueInt = new NullableColumn(FixedColumn.int64("value_int"));
  private final NullableColumn valueDouble =
      new NullableColumn(FixedColumn.float64("value_double"));
  final PointColumns point = new PointColumns(List.of(monotonic, valueInt, valueDouble));

  void put(Origin origin, SeriesId id, NumberPointView number) {
    point.put(origin, id, number);
    monotonic.put(number.metric().monotonic() ? 1L : 0L);
    put(number.kind(), number.intValue(), number.doubleValue(), valueInt, valueDouble);
  }

  static void put(
      NumberPointView.Kind kind,
      long whole,
      double real,
      NullableColumn wholes,
      NullableColumn reals) {
    switch (kind) {
      case NONE -> {
        wholes.putNull();
        reals.putNull();
      }
      case INT -> {
        wholes.put(whole);
        reals.putNull();
      }
      case DOUBLE -> {
        wholes.putNull();
        reals.put(real);
      }
    }
  }
}
