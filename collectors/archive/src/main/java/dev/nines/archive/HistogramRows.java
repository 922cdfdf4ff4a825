// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.HistogramPointView;
import dev.nines.telemetry.SeriesId;
import dev.nines.warehouse.block.ArrayColumn;
import dev.nines.warehouse.block.FixedColumn;
import java.util.List;

/** Rows of {@code metric_histograms}. */
final class HistogramRows {

  private final DistributionColumns distribution = new DistributionColumns();
  private final ArrayColumn<FixedColumn> bounds = DistributionColumns.doubles("bounds");
  private final ArrayColumn<FixedColumn> counts = DistributionColumns.longs("counts");
  final PointColumns point = new PointColumns(distribution.and(List.of(bounds, counts)));

  void put(Origin origin, SeriesId id, HistogramPointView histogram) {
    point.put(origin, id, histogram);
    distribution.put(histogram.count(), histogram.sum(), histogram.min(), histogram.max());
    DistributionColumns.put(bounds, histogram.explicitBounds());
    DistributionColumns.put(counts, histogram.bucketCounts());
  }
}
