// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

/**
 * A metric that is a ratio already, OpenSLO's {@code raw}: each point says which share was good, or
 * bad, and not of how many events. A slice's ratio is the mean of its points; they count in {@link
 * #PARTS} of a point, to the nearest.
 */
public record RawIndicator(MetricSelection selection, RawType rawType) implements Indicator {

  /** Of which a point is made: its events are not known. */
  public static final long PARTS = 1_000_000;

  /** What the values are shares of. */
  public enum RawType {
    SUCCESS,
    FAILURE
  }

  @Override
  public long partsOfEvent() {
    return PARTS;
  }
}
