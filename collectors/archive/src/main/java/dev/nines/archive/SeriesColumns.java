// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.MetricView;
import dev.nines.telemetry.SeriesId;
import dev.nines.telemetry.Slice;
import dev.nines.warehouse.block.Column;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.WordColumn;
import java.nio.ByteBuffer;
import java.util.List;

/** The columns that tell to which series a row belongs. */
final class SeriesColumns {

  private final WordColumn metric = new WordColumn("metric");
  private final FixedColumn seriesId = FixedColumn.fixedString("series_id", SeriesId.BYTES);
  private final WordColumn service = new WordColumn("service");
  private final ByteBuffer bytes = ByteBuffer.allocate(SeriesId.BYTES);

  List<Column> all() {
    return List.of(metric, seriesId, service);
  }

  void put(SeriesId id, MetricView of) {
    put(metric, of.name());
    bytes.putLong(0, id.high()).putLong(Long.BYTES, id.low());
    seriesId.put(bytes.array(), 0, SeriesId.BYTES);
    put(service, of.serviceName());
  }

  static void put(WordColumn column, Slice word) {
    column.put(word.array(), word.offset(), word.length());
  }
}
