// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.ledger;

/**
 * Running sums of the ledger over any of its rows of one region, as they are: halves of a ratio of
 * counters can contradict each other.
 */
public record LedgerSum(long good, long total, long uncertain, long missing) {

  public static final LedgerSum NONE = new LedgerSum(0, 0, 0, 0);

  public LedgerSum plus(LedgerSum more) {
    return new LedgerSum(
        Math.addExact(good, more.good),
        Math.addExact(total, more.total),
        Math.addExact(uncertain, more.uncertain),
        Math.addExact(missing, more.missing));
  }
}
