// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/**
 * A point of a histogram with explicit bounds. Bucket i holds values in (bound i-1, bound i]; the
 * last one everything above. Without buckets only count and sum are known.
 */
public final class HistogramPointView extends PointView {

  final LongList bucketCounts = new LongList();
  final DoubleList explicitBounds = new DoubleList();
  final OptionalValue sum = new OptionalValue();
  final OptionalValue min = new OptionalValue();
  final OptionalValue max = new OptionalValue();
  long count;

  HistogramPointView(MetricView metric) {
    super(metric);
  }

  public long count() {
    return count;
  }

  public OptionalValue sum() {
    return sum;
  }

  public OptionalValue min() {
    return min;
  }

  public OptionalValue max() {
    return max;
  }

  /** One more than the bounds, or empty. */
  public LongList bucketCounts() {
    return bucketCounts;
  }

  public DoubleList explicitBounds() {
    return explicitBounds;
  }

  @Override
  void clear() {
    super.clear();
    bucketCounts.clear();
    explicitBounds.clear();
    sum.clear();
    min.clear();
    max.clear();
    count = 0;
  }
}
