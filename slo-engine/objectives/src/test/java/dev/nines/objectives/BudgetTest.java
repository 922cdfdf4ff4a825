// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {

  @ParameterizedTest
  @CsvSource({
    // target, good, total, spent
    "0.999,   999,       1000,      1.000000000",
    "0.999,   998,       1000,      2.000000000",
    "0.9999,  1000000,   1000000,   0.000000000",
    "0.95,    319199,    336000,    1.000059524",
    "0,       0,         7,         1.000000000",
    "0.9999999999999999999, 99999999999999999, 100000000000000000, 100.000000000",
    "0.9,     0,         0,         0.000000000",
  })
  void spentIsExact(BigDecimal target, long good, long total, String spent) {
    Budget budget = new Budget(target, good, total);
    assertThat(budget.spent().toPlainString()).isEqualTo(spent);
  }

  /** OpenSLO's example: 336,000 events in 14 days at 95 % may have 16,800 failures. */
  @Test
  void allowedEventsAreNotRounded() {
    assertThat(new Budget(new BigDecimal("0.95"), 0, 336_000).allowed())
        .isEqualByComparingTo("16800");
    assertThat(new Budget(new BigDecimal("0.999"), 0, 1_234).allowed())
        .isEqualByComparingTo("1.234");
  }

  /** One failed request of one an hour at 99.9 % burns a thousandfold (SRE workbook). */
  @Test
  void lowTrafficBurnsFast() {
    Budget budget = new Budget(new BigDecimal("0.999"), 9, 10);
    assertThat(budget.spent()).isEqualByComparingTo("100");
  }
}
