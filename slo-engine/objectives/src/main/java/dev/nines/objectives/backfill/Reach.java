// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.backfill;

import java.time.Instant;

/** How far back, and how well, the store knows what an SLO would have counted. */
public sealed interface Reach {

  /**
   * Every event is there.
   *
   * @param from of the stretch that was asked for, or later
   * @param spansFrom spans answer from here on, rollups before; at or behind the end for none
   * @param knownFrom when the tenant's telemetry began: before, nothing was measured
   * @param note why it is later than asked for; empty when it is not
   */
  record Exact(Instant from, Instant spansFrom, Instant knownFrom, String note) implements Reach {}

  /**
   * Kept spans of a sampled tenant stand for the others; to be told, not to be added.
   *
   * @param note why it is no more than that
   */
  record Estimated(Instant from, long good, long total, String note) implements Reach {}

  record Nothing(String why) implements Reach {}
}
