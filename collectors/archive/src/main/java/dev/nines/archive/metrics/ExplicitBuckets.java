// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.warehouse.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Histograms with explicit bounds, added up. Where bounds differ, those that all of them have
 * remain: the sum is exact, and coarser. Bucket i is (bound i-1, bound i].
 */
final class ExplicitBuckets implements Buckets {

  private record Shape(List<Double> bounds, List<Long> counts) {}

  private final List<Shape> shapes = new ArrayList<>();
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  @Override
  public void add(Row row) {
    add(row.list("bounds"), row.list("counts"), row.real("least"), row.real("most"));
  }

  /**
   * @param least no measurement is below
   * @param most no measurement is above
   */
  void add(List<Double> bounds, List<Long> counts, double least, double most) {
    shapes.add(new Shape(bounds, counts));
    this.least = Math.min(this.least, least);
    this.most = Math.max(this.most, most);
  }

  /**
   * Between the bounds of its bucket the value grows with the rank. Below the first bound the
   * bucket begins at 0 when that bound is positive, and above the last one there is nothing to go
   * by: the value is that bound. {@code lower} and {@code upper} claim neither.
   */
  @Override
  public Optional<Estimate> quantile(double quantile) {
    List<Double> bounds = common();
    long[] counts = new long[bounds.size() + 1];
    shapes.forEach(shape -> addTo(counts, bounds, shape));
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    if (total <= 0) {
      return Optional.empty();
    }
    long rank = Estimate.rank(quantile, total);
    int bucket = 0;
    long below = 0;
    while (below + counts[bucket] < rank) {
      below += counts[bucket++];
    }
    double share = (double) (rank - below) / counts[bucket];
    return Optional.of(estimate(bounds, bucket, share).within(least, most));
  }

  private static Estimate estimate(List<Double> bounds, int bucket, double share) {
    double lower = bucket == 0 ? Double.NEGATIVE_INFINITY : bounds.get(bucket - 1);
    double upper = bucket == bounds.size() ? Double.POSITIVE_INFINITY : bounds.get(bucket);
    if (bucket == bounds.size()) {
      return new Estimate(bounds.isEmpty() ? 0 : lower, lower, upper);
    }
    double from = bucket == 0 ? Math.min(0, upper) : lower;
    return new Estimate(from + (upper - from) * share, lower, upper);
  }

  private List<Double> common() {
    TreeSet<Double> bounds = new TreeSet<>(shapes.getFirst().bounds());
    shapes.forEach(shape -> bounds.retainAll(shape.bounds()));
    return List.copyOf(bounds);
  }

  private static void addTo(long[] counts, List<Double> bounds, Shape shape) {
    int target = 0;
    for (int i = 0; i < shape.counts().size(); i++) {
      counts[target] += shape.counts().get(i);
      boolean ends =
          i < shape.bounds().size()
              && target < bounds.size()
              && shape.bounds().get(i).equals(bounds.get(target));
      target += ends ? 1 : 0;
    }
  }
}
