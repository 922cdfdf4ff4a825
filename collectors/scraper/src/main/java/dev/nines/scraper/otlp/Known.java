// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import java.util.Set;

/**
 * What the last scrape that is stored had of a target.
 *
 * @param series whose end is to be told
 * @param timed points with times of the endpoint: the same time again is the same point again, and
 *     the endpoint tells no end
 */
public record Known(Set<Series> series, Set<TimedPoint> timed) {

  public static final Known NOTHING = new Known(Set.of(), Set.of());

  /** Memory that it takes, about. */
  public long bytes() {
    return series.stream().mapToLong(Series::bytes).sum()
        + timed.stream().mapToLong(point -> point.series().bytes()).sum();
  }

  /** A point with a time of its own. */
  public record TimedPoint(Series series, long timeNanos) implements Comparable<TimedPoint> {

    @Override
    public int compareTo(TimedPoint other) {
      int bySeries = series.compareTo(other.series);
      return bySeries != 0 ? bySeries : Long.compare(timeNanos, other.timeNanos);
    }
  }
}
