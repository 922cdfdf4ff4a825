// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Optional;

/**
 * The share of events that were bad, as an exact fraction.
 *
 * @param bad events, at most {@code total}
 * @param total above 0; a fraction where a region was not measured all the time
 */
public record EventShare(Fraction bad, Fraction total) {

  /** Empty where there is no event. */
  public static Optional<EventShare> of(long bad, long total) {
    return total == 0
        ? Optional.empty()
        : Optional.of(new EventShare(Fraction.of(bad), Fraction.of(total)));
  }

  /**
   * Of a window: sum of bad / sum of (total x |W| / measured). A region that was not measured at
   * all is left out; a stretch that was not measured counts as if it had been as busy and good.
   *
   * @param windowMillis |W|: from the start of the window's first cell to now, above 0
   * @return empty when no measured region has an event
   */
  public static Optional<EventShare> of(long windowMillis, Collection<RegionWindow> regions) {
    long bad = 0;
    long total = 0;
    for (RegionWindow region : regions) {
      if (region.measuredMillis() == 0) {
        continue;
      }
      bad += region.bad();
      total += region.total();
      if (total < 0 || region.measuredMillis() != windowMillis) {
        return scaled(windowMillis, regions);
      }
    }
    return of(bad, total);
  }

  /** Where some region was measured for a part of it, or sums go beyond a long. */
  private static Optional<EventShare> scaled(long windowMillis, Collection<RegionWindow> regions) {
    Fraction bad = Fraction.ZERO;
    Fraction total = Fraction.ZERO;
    BigInteger window = BigInteger.valueOf(windowMillis);
    for (RegionWindow region : regions) {
      if (region.measuredMillis() > 0) {
        bad = bad.plus(Fraction.of(region.bad()));
        total = total.plus(scaledTotal(region, window));
      }
    }
    return total.top().signum() == 0 ? Optional.empty() : Optional.of(new EventShare(bad, total));
  }

  public Fraction value() {
    return bad.dividedBy(total);
  }

  private static Fraction scaledTotal(RegionWindow region, BigInteger window) {
    BigInteger total = BigInteger.valueOf(region.total());
    BigInteger measured = BigInteger.valueOf(region.measuredMillis());
    return measured.equals(window)
        ? new Fraction(total, BigInteger.ONE)
        : new Fraction(total.multiply(window), measured);
  }
}
