// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.series;

/**
 * A cumulative point of a series.
 *
 * @param startNanos when its stream began, epoch nanoseconds; 0 when the client does not know
 * @param appendedAt log-append time of its batch, epoch milliseconds
 * @param skewed it claimed to be over 5 min ahead
 */
public record SeriesPoint(
    String region,
    long startNanos,
    long timeNanos,
    long appendedAt,
    boolean skewed,
    Measure measure) {

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** At a first point that is also the start, what was before is not known. */
  public boolean startKnown() {
    return startNanos != 0 && Long.compareUnsigned(startNanos, timeNanos) < 0;
  }

  public long startMillis() {
    return Long.divideUnsigned(startNanos, NANOS_PER_MILLI);
  }
}
