// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.sla;

import dev.nines.demo.truth.Count;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;

/**
 * What is due by the shop's own log: minutes without events are not measured and stand on neither
 * side.
 *
 * @param up minutes, as {@code down}
 * @param events all that the objective counts
 * @param uptime in percent, cut after 8 digits; null when nothing was measured
 * @param credit what is payable
 */
public record Owed(int up, int down, Count events, BigDecimal uptime, BigDecimal credit) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int SHOWN_DIGITS = 8;
  private static final int CENTS = 2;

  /**
   * @param minutes with events, each its own count
   */
  static Owed by(Terms terms, Collection<Count> minutes) {
    int down = (int) minutes.stream().filter(minute -> isDown(terms, minute)).count();
    int up = minutes.size() - down;
    BigDecimal uptime =
        minutes.isEmpty()
            ? HUNDRED
            : BigDecimal.valueOf(up)
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(minutes.size()), SHOWN_DIGITS, RoundingMode.FLOOR);
    Count events = minutes.stream().reduce(Count.NONE, Count::plus);
    return new Owed(up, down, events, uptime, credit(terms, up, minutes.size()));
  }

  private static boolean isDown(Terms terms, Count minute) {
    BigDecimal allowed = terms.errorsAbove().multiply(BigDecimal.valueOf(minute.total()));
    return minute.total() >= terms.minEvents()
        && BigDecimal.valueOf(minute.bad()).compareTo(allowed) > 0;
  }

  private static BigDecimal credit(Terms terms, int up, int measured) {
    BigDecimal percent =
        terms.tiers().stream()
            .filter(tier -> below(up, measured, tier.below()))
            .min(Comparator.comparing(Terms.Tier::below))
            .map(Terms.Tier::credit)
            .orElse(BigDecimal.ZERO)
            .min(terms.capPercent());
    BigDecimal capped =
        share(terms.fee(), percent).min(share(terms.fee(), terms.totalCapPercent()));
    return capped.compareTo(terms.payableAbove()) > 0
        ? capped
        : share(terms.fee(), BigDecimal.ZERO);
  }

  /** up / measured < bound, without a division. */
  private static boolean below(int up, int measured, BigDecimal percent) {
    return measured > 0
        && BigDecimal.valueOf(up)
                .multiply(HUNDRED)
                .compareTo(percent.multiply(BigDecimal.valueOf(measured)))
            < 0;
  }

  private static BigDecimal share(BigDecimal fee, BigDecimal percent) {
    return fee.multiply(percent).divide(HUNDRED, CENTS, RoundingMode.HALF_UP);
  }
}
