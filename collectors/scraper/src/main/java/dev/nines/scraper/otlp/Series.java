// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import java.util.Comparator;

/**
 * One series as it is stored: what is needed to say that it has ended.
 *
 * @param resource fields of its resource
 * @param scope fields of its scope
 * @param attributes fields of each of its points
 */
public record Series(Bytes resource, Bytes scope, MetricName metric, Bytes attributes)
    implements Comparable<Series> {

  private static final Comparator<Series> ORDER =
      Comparator.comparing(Series::attributes)
          .thenComparing(Series::metric)
          .thenComparing(Series::resource)
          .thenComparing(Series::scope);

  @Override
  public int compareTo(Series other) {
    return ORDER.compare(this, other);
  }

  /** The record, its entry in a set, and the header of its own array; the others are shared. */
  private static final int OVERHEAD_BYTES = 120;

  /** Memory that it takes, about. */
  public int bytes() {
    return OVERHEAD_BYTES + attributes.array().length;
  }
}
