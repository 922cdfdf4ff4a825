// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What is due for one service.
 *
 * @param percent of the monthly fee, after the cap
 * @param amount rounded by the contract's rule
 */
public record Credit(BigDecimal percent, BigDecimal amount) {

  /** What all services come to. */
  public record Total(BigDecimal fees, BigDecimal credits, BigDecimal payable) {}

  /**
   * The lowest tier whose bound the uptime is below; none where nothing was measured. No rounding
   * comes before this.
   */
  public static Credit of(
      Contract.Credits terms, Contract.Service service, Optional<Uptime> uptime) {
    BigDecimal percent =
        uptime
            .flatMap(
                value ->
                    service.tiers().stream().filter(tier -> value.below(tier.below())).findFirst())
            .map(Contract.Tier::credit)
            .orElse(BigDecimal.ZERO)
            .min(terms.capPercent());
    return new Credit(percent, round(terms, share(service.monthlyFee(), percent)));
  }

  /** Capped over all, and nothing where the sum is too small to be paid. */
  public static Total total(Contract contract, List<Credit> credits) {
    Contract.Credits terms = contract.credits();
    BigDecimal fees =
        contract.services().stream()
            .map(Contract.Service::monthlyFee)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal sum = credits.stream().map(Credit::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal cap = round(terms, share(fees, terms.totalCapPercent()));
    BigDecimal capped = round(terms, sum.min(cap));
    boolean paid = capped.compareTo(terms.payableAbove()) > 0;
    return new Total(
        round(terms, fees), round(terms, sum), paid ? capped : round(terms, BigDecimal.ZERO));
  }

  private static BigDecimal share(BigDecimal fee, BigDecimal percent) {
    return fee.multiply(percent).movePointLeft(2);
  }

  private static BigDecimal round(Contract.Credits terms, BigDecimal amount) {
    int digits = Math.max(0, terms.currency().getDefaultFractionDigits());
    return amount.setScale(digits, terms.rounding());
  }
}
