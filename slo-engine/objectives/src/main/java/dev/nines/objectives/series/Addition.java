// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.series;

/**
 * What a cumulative point adds.
 *
 * @param measure events that it adds, if it adds any
 * @param sinceMillis after which they were: time of the point before, or start of the stream
 */
public record Addition(Outcome outcome, Measure measure, long sinceMillis) {

  static final long UNKNOWN = Long.MIN_VALUE;

  public static Addition nothing(Outcome outcome, Measure measure) {
    return new Addition(outcome, measure, UNKNOWN);
  }

  /** It adds its measure to some time; a baseline adds nothing. */
  public boolean counts() {
    return sinceMillis != UNKNOWN;
  }

  /**
   * A line counts what was added since it began. What began before is its back-fill's, whole: the
   * line knows the point before only if some other line asked for the series.
   */
  public boolean countsFor(long lineSeconds) {
    return counts() && sinceMillis >= lineSeconds * 1_000;
  }
}
