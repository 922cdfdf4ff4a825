// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.transport.Sums;

/** Events of some cells; sums of them are {@link Sums#capped}. */
record CellSum(long bad, long total, long uncertain) {

  static final CellSum ZERO = new CellSum(0, 0, 0);

  CellSum plus(CellSum other) {
    return new CellSum(
        Sums.capped(bad, other.bad),
        Sums.capped(total, other.total),
        Sums.capped(uncertain, other.uncertain));
  }

  CellSum minus(CellSum other) {
    return new CellSum(
        Sums.difference(bad, other.bad),
        Sums.difference(total, other.total),
        Sums.difference(uncertain, other.uncertain));
  }

  /** Some of the events are bad, and no smaller part of them; clamped as a region's. */
  boolean fails(Part least) {
    long events = Math.max(0, total);
    long surelyBad = Math.clamp(bad, 0, events);
    return surelyBad > 0 && least.isReachedBy(surelyBad, events);
  }

  boolean isZero() {
    return (bad | total | uncertain) == 0;
  }

  /** So large that it may have been capped: what is added and taken away then is not exact. */
  boolean huge() {
    return Math.max(total, Math.max(uncertain, Math.max(bad, ~bad))) > Long.MAX_VALUE / 2;
  }
}
