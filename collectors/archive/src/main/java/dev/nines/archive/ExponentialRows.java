// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.ExponentialPointView;
import dev.nines.telemetry.SeriesId;
import dev.nines.warehouse.block.ArrayColumn;
import dev.nines.warehouse.block.FixedColumn;
import java.util.List;

/** Rows of {@code metric_exponential_histograms}. */
final class ExponentialRows {

  private final DistributionColumns distribution = new DistributionColumns();
  private final FixedColumn scale = FixedColumn.int32("scale");
  private final FixedColumn zeroCount = FixedColumn.uint64("zero_count");
  private final FixedColumn zeroThreshold = FixedColumn.float64("zero_threshold");
  private final Buckets positive = new Buckets("positive");
  private final Buckets negative = new Buckets("negative");
  final PointColumns point =
      new PointColumns(
          distribution.and(
              List.of(
                  scale,
                  zeroCount,
                  zeroThreshold,
                  positive.offset,
                  positive.counts,
                  negative.offset,
                  negative.counts)));

  /** Consecutive buckets on one side of zero. */
  private static final class Buckets {
    final FixedColumn offset;
    final ArrayColumn<FixedColumn> counts;

    Buckets(String side) {
      offset = FixedColumn.int32(side + "_offset");
      counts = DistributionColumns.longs(side + "_counts");
    }

    void put(ExponentialPointView.Buckets buckets) {
      offset.put(buckets.offset());
      DistributionColumns.put(counts, buckets.counts());
    }
  }

  void put(Origin origin, SeriesId id, ExponentialPointView histogram) {
    point.put(origin, id, histogram);
    distribution.put(histogram.count(), histogram.sum(), histogram.min(), histogram.max());
    scale.put(histogram.scale());
    zeroCount.put(histogram.zeroCount());
    zeroThreshold.put(histogram.zeroThreshold());
    positive.put(histogram.positive());
    negative.put(histogram.negative());
  }
}
