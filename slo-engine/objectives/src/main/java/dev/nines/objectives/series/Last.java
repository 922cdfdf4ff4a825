// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.series;

import java.time.Duration;
import java.util.Optional;

/**
 * The last point of a stream, and what the next one adds to it. A stream is a series since one
 * start time: a restart of the client begins another one, a late point of the former finds its own
 * last point, and two writers that share a series do not reset each other. JSON, in a state store.
 *
 * @param skewed its clock was ahead: once that is set back, its time is no measure of what follows
 */
public record Last(
    String region, long appendedAt, long timeNanos, boolean skewed, Measure measure) {

  private static final long NANOS_PER_MILLI = 1_000_000;

  public static Last of(SeriesPoint point) {
    return new Last(
        point.region(), point.appendedAt(), point.timeNanos(), point.skewed(), point.measure());
  }

  /**
   * What the first point of a stream adds. One that began in the last half of what is remembered
   * was not forgotten: this really is its first point. The other half is for clocks that differ.
   *
   * @param memory of log-append time: then a silent stream is forgotten
   */
  public static Addition first(SeriesPoint point, Duration memory) {
    boolean began = point.startMillis() >= point.appendedAt() - memory.toMillis() / 2;
    return point.startKnown() && began
        ? new Addition(Outcome.FIRST, point.measure(), point.startMillis())
        : Addition.nothing(Outcome.FIRST, point.measure());
  }

  /** What the next one adds; it is the last one then, unless it is {@link Outcome#OLD}. */
  public Addition then(SeriesPoint point) {
    boolean after = Long.compareUnsigned(point.timeNanos(), timeNanos) > 0;
    boolean clockSetBack = !after && skewed && !point.skewed();
    Optional<Measure> added = point.measure().since(measure);
    if (!after && !(clockSetBack && added.isPresent())) {
      return Addition.nothing(Outcome.OLD, point.measure());
    }
    long millis = skewed ? appendedAt : Long.divideUnsigned(timeNanos, NANOS_PER_MILLI);
    return added
        .map(more -> new Addition(Outcome.COUNTED, more, millis))
        .orElseGet(() -> new Addition(Outcome.RESET, point.measure(), millis));
  }
}
