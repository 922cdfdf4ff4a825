// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.series;

import dev.nines.objectives.Slices;

/**
 * Where a span or point falls in time: the slice of its end or time, or of log-append time when it
 * claims to end over 5 min later than that.
 */
public record EventTime(long millis, boolean skewed) {

  private static final long AHEAD_MAX_MILLIS = 300_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  public static EventTime of(long endNanos, long appendedAtMillis) {
    long millis = Long.divideUnsigned(endNanos, NANOS_PER_MILLI);
    return millis > appendedAtMillis + AHEAD_MAX_MILLIS
        ? new EventTime(appendedAtMillis, true)
        : new EventTime(millis, false);
  }

  public long sliceStartSeconds() {
    return Slices.floor(Math.floorDiv(millis, 1000L), Slices.SECONDS);
  }
}
