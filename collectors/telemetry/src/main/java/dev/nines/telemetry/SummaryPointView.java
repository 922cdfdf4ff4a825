// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/** A point of a summary: quantiles that the client computed, in wire order. */
public final class SummaryPointView extends PointView {

  final DoubleList quantiles = new DoubleList();
  final DoubleList values = new DoubleList();
  long count;
  double sum;

  SummaryPointView(MetricView metric) {
    super(metric);
  }

  public long count() {
    return count;
  }

  public double sum() {
    return sum;
  }

  /** From 0 (the minimum) to 1 (the maximum). */
  public DoubleList quantiles() {
    return quantiles;
  }

  /** The value at the quantile of the same index. */
  public DoubleList values() {
    return values;
  }

  @Override
  void clear() {
    super.clear();
    quantiles.clear();
    values.clear();
    count = 0;
    sum = 0;
  }
}
