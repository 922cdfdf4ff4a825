// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreditTest {

  private final Contract.Service service =
      new Contract.Service(
          "Checkout",
          "checkout",
          "",
          Measure.MINUTE,
          new Contract.Down(BigDecimal.ZERO, 1, 1),
          5,
          new BigDecimal("333.35"),
          Samples.minuteTiers());

  @Test
  void moneyIsRoundedOnceAfterTheTier() {
    Credit credit =
        Credit.of(Samples.credits("100", "100", "0"), service, Optional.of(Uptime.of(1, 1_000)));
    assertThat(credit.percent()).isEqualByComparingTo("10");
    assertThat(credit.amount()).isEqualTo(new BigDecimal("33.34"));
  }

  @Test
  void theCapOfAServiceHolds() {
    Credit credit =
        Credit.of(Samples.credits("25", "100", "0"), service, Optional.of(Uptime.of(1, 10)));
    assertThat(credit.percent()).isEqualByComparingTo("25");
    assertThat(credit.amount()).isEqualTo(new BigDecimal("83.34"));
  }

  @Test
  void nothingMeasuredEarnsNothing() {
    Credit credit = Credit.of(Samples.credits("100", "100", "0"), service, Optional.empty());
    assertThat(credit.percent()).isEqualByComparingTo("0");
    assertThat(credit.amount()).isEqualTo(new BigDecimal("0.00"));
  }

  @Test
  void theTotalIsCappedAndASmallOneIsNotPaid() {
    assertThat(total("100", "50", "600.00").payable()).isEqualTo(new BigDecimal("500.00"));
    assertThat(total("100", "100", "600.00").payable()).isEqualTo(new BigDecimal("600.00"));
    assertThat(total("1", "100", "1.00").payable()).isEqualTo(new BigDecimal("0.00"));
    assertThat(total("1", "100", "1.01").payable()).isEqualTo(new BigDecimal("1.01"));
  }

  private static Credit.Total total(String payableAbove, String totalCap, String amount) {
    Contract.Service one = Samples.service(Measure.MINUTE, Samples.minuteTiers());
    Contract plain = Samples.contract(one);
    Contract contract =
        new Contract(
            plain.customer(),
            plain.displayName(),
            plain.provider(),
            plain.timeZone(),
            plain.validFrom(),
            plain.services(),
            plain.idle(),
            plain.unmeasured(),
            plain.exclusions(),
            Samples.credits("100", totalCap, payableAbove));
    return Credit.total(contract, List.of(new Credit(BigDecimal.TEN, new BigDecimal(amount))));
  }
}
