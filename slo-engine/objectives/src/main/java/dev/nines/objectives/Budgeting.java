// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;

/** What spends a budget, OpenSLO's {@code budgetingMethod}: events, or slices of time. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "method")
@JsonSubTypes({
  @Type(value = Budgeting.Occurrences.class, name = "Occurrences"),
  @Type(value = Budgeting.Timeslices.class, name = "Timeslices"),
  @Type(value = Budgeting.RatioTimeslices.class, name = "RatioTimeslices")
})
public sealed interface Budgeting {

  /** Bad events spend; (1 - target) x all events of the period may be bad. */
  record Occurrences() implements Budgeting {}

  /**
   * Slices spend, (1 - target) x all slices of the period in all: also those without an event,
   * which spend nothing. A slice is a multiple of 10 s that divides an hour, counted from the
   * epoch.
   */
  sealed interface Sliced extends Budgeting {

    /** What a slice spends that is wholly bad; a part of it is cut off behind 12 digits. */
    long WHOLE = 1_000_000_000_000L;

    Duration slice();

    /**
     * Part of itself that a slice spends, in {@link #WHOLE}ths; nothing without an event.
     *
     * @param bad events, at most {@code total}
     * @param total also those that a region would have had while it was not measured
     */
    long shortfall(BigInteger bad, Fraction total);
  }

  /**
   * A slice is good or bad as a whole.
   *
   * @param sliceTarget least share of good events of a good slice, in (0, 1]
   */
  record Timeslices(Duration slice, BigDecimal sliceTarget) implements Sliced {

    @Override
    public long shortfall(BigInteger bad, Fraction total) {
      BigDecimal all = new BigDecimal(total.top());
      BigDecimal good = all.subtract(new BigDecimal(bad.multiply(total.bottom())));
      return good.compareTo(sliceTarget.multiply(all)) < 0 ? WHOLE : 0;
    }
  }

  /** A slice spends its share of bad events, whatever its traffic. */
  record RatioTimeslices(Duration slice) implements Sliced {

    @Override
    public long shortfall(BigInteger bad, Fraction total) {
      return total.top().signum() == 0
          ? 0
          : bad.multiply(BigInteger.valueOf(WHOLE))
              .multiply(total.bottom())
              .divide(total.top())
              .longValueExact();
    }
  }
}
