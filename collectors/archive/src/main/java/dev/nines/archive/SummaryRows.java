// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.SeriesId;
import dev.nines.telemetry.SummaryPointView;
import dev.nines.warehouse.block.ArrayColumn;
import dev.nines.warehouse.block.FixedColumn;
import java.util.List;

/** Rows of {@code metric_summaries}. */
final class SummaryRows {

  private final FixedColumn count = FixedColumn.uint64("count");
  private final FixedColumn sum = FixedColumn.float64("sum");
  private final ArrayColumn<FixedColumn> quantiles = DistributionColumns.doubles("quantiles");
  private final ArrayColumn<FixedColumn> values = DistributionColumns.doubles("quantile_values");
  final PointColumns point = new PointColumns(List.of(count, sum, quantiles, values));

  void put(Origin origin, SeriesId id, SummaryPointView summary) {
    point.put(origin, id, summary);
    count.put(summary.count());
    sum.put(summary.sum());
    DistributionColumns.put(quantiles, summary.quantiles());
    DistributionColumns.put(values, summary.values());
  }
}
