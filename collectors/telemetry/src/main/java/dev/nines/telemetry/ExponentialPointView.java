// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/**
 * A point of an exponential histogram, lossless. With base = 2^(2^-scale), the bucket of index i
 * holds values whose magnitude is in (base^i, base^(i+1)].
 */
public final class ExponentialPointView extends PointView {

  /** Counts of consecutive buckets; the first one has index {@code offset}. */
  public static final class Buckets {

    final LongList counts = new LongList();
    int offset;

    private Buckets() {}

    public int offset() {
      return offset;
    }

    public LongList counts() {
      return counts;
    }

    private void clear() {
      counts.clear();
      offset = 0;
    }
  }

  final Buckets positive = new Buckets();
  final Buckets negative = new Buckets();
  final OptionalValue sum = new OptionalValue();
  final OptionalValue min = new OptionalValue();
  final OptionalValue max = new OptionalValue();
  int scale;
  long count;
  long zeroCount;
  double zeroThreshold;

  ExponentialPointView(MetricView metric) {
    super(metric);
  }

  public int scale() {
    return scale;
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

  /** Values whose magnitude is at most {@link #zeroThreshold}. */
  public long zeroCount() {
    return zeroCount;
  }

  public double zeroThreshold() {
    return zeroThreshold;
  }

  public Buckets positive() {
    return positive;
  }

  public Buckets negative() {
    return negative;
  }

  @Override
  void clear() {
    super.clear();
    positive.clear();
    negative.clear();
    sum.clear();
    min.clear();
    max.clear();
    scale = 0;
    count = 0;
    zeroCount = 0;
    zeroThreshold = 0;
  }
}
