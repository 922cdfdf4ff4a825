// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Events of some time, which do not contradict each other: {@code good + uncertain + bad} are all.
 *
 * @param good surely good
 * @param uncertain of which only a histogram's bucket is known; budgets count them good
 * @param bad surely bad, with the missing ones
 * @param missing expected events that did not come
 */
public record Events(long good, long uncertain, long bad, long missing) {

  public static final Events NONE = new Events(0, 0, 0, 0);

  private static final int RATIO_DIGITS = 9;

  /** As the budget reads a region's sums: what is bad is held to what was counted. */
  public static Events of(LedgerSum sum) {
    long counted = Math.max(0, sum.total());
    long bad = Math.clamp(sum.total() - sum.good() - sum.uncertain(), 0, counted);
    long uncertain = Math.clamp(sum.uncertain(), 0, counted - bad);
    long missing = Math.max(0, sum.missing());
    return new Events(counted - bad - uncertain, uncertain, Math.addExact(bad, missing), missing);
  }

  public long total() {
    return Math.addExact(Math.addExact(good, uncertain), bad);
  }

  public Events plus(Events more) {
    return new Events(
        Math.addExact(good, more.good),
        Math.addExact(uncertain, more.uncertain),
        Math.addExact(bad, more.bad),
        Math.addExact(missing, more.missing));
  }

  /** The same with every event that came good; nothing was expected. */
  public Events forgiven() {
    return new Events(total() - missing, 0, 0, 0);
  }

  /** Share that is not bad, cut behind 9 digits so that only all are 1; empty without an event. */
  public Optional<BigDecimal> ratio() {
    return total() == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(total() - bad)
                .divide(BigDecimal.valueOf(total()), RATIO_DIGITS, RoundingMode.DOWN));
  }
}
