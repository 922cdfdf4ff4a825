// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.SloId;
import java.time.Instant;

/**
 * One cell on its way into ladder and ledger.
 *
 * @param cause known when it came: late when its slice was complete already
 */
record Increment(
    SloId slo,
    long line,
    String region,
    Instant appendedAt,
    Cell cell,
    boolean skewed,
    Cause cause) {

  static Increment of(Counts counts, Cell cell, boolean late) {
    return new Increment(
        counts.slo(),
        counts.line(),
        counts.region(),
        counts.appendedAt(),
        cell,
        counts.skewed() > 0,
        late ? Cause.LATE : Cause.ON_TIME);
  }

  boolean late() {
    return cause == Cause.LATE;
  }
}
