// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.time.Instant;

/**
 * An increment of the SLI ledger; old and new values are running sums at query time.
 *
 * @param scope the region the events belong to; the global value is the sum over regions. Empty in
 *     rows of cause {@link Cause#RECOUNT} that have no number: from their minute on, to its own
 *     start, the line answers for the lines before it
 * @param minuteStart start of the ledger slice of the events' ends
 * @param good events that are surely good
 * @param uncertain events of which only a histogram's bucket is known: good lies between {@code
 *     good} and {@code good + uncertain}
 * @param missing expected events that did not come, where the SLO counts them bad; in no other
 *     number
 * @param cause why the sum changed
 * @param knownAt log-append time of the batch: "as known at T" is {@code knownAt <= T}
 * @param task evaluation task; with {@code seq} the identity of the row
 */
public record LedgerDelta(
    SloId slo,
    long generation,
    long line,
    String scope,
    String group,
    Instant minuteStart,
    long good,
    long total,
    long uncertain,
    long missing,
    Cause cause,
    Instant knownAt,
    String task,
    long seq) {

  /** Why a ledger slice changed. */
  public enum Cause {
    /** The slice was not complete yet. */
    ON_TIME,
    /** The slice had been complete. */
    LATE,
    /** The past of the SLO's first line, from what is stored. */
    BACKFILL,
    /** Expected events did not come, or came later: no counted event is in it. */
    MISSING,
    /**
     * The past of a later line, from what is stored: the lines before have their own rows for the
     * same minutes, and those are never added to these.
     */
    RECOUNT
  }
}
