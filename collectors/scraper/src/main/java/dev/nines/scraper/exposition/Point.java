// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.util.List;
import java.util.OptionalDouble;

/** What a family says of one set of labels at one time. */
public sealed interface Point {

  /** The endpoint gives no time: it is that of the scrape. */
  long NO_TIME = Long.MIN_VALUE;

  Labels labels();

  /** Since 1970, negative before; or {@link #NO_TIME}. */
  long timeNanos();

  /** Where it stands, from 1. */
  int line();

  /**
   * @param name of the sample, with its suffix
   * @param createdNanos when the counter began; 0 for unknown
   */
  record Number(
      String name,
      Labels labels,
      double value,
      long timeNanos,
      long createdNanos,
      List<Exemplar> exemplars,
      int line)
      implements Point {}

  /**
   * @param bounds rising, without the infinite one
   * @param counts of each bucket alone, one more than the bounds
   */
  record Histogram(
      Labels labels,
      List<Double> bounds,
      List<Long> counts,
      OptionalDouble sum,
      long timeNanos,
      long createdNanos,
      List<Exemplar> exemplars,
      int line)
      implements Point {

    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * @param sum 0 where the endpoint gives none
   */
  record Summary(
      Labels labels,
      List<Quantile> quantiles,
      double sum,
      long count,
      long timeNanos,
      long createdNanos,
      int line)
      implements Point {}

  /**
   * @param quantile 0 to 1
   */
  record Quantile(double quantile, double value) {}
}
