// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import static dev.nines.objectives.Budgeting.Sliced.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Budgeting.RatioTimeslices;
import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.Budgeting.Timeslices;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceBudgetTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long FORTNIGHT_SLICES = 14 * 24 * 60;

  /**
   * OpenSLO's example: 14 days of minutes at 99 %, then an attack that leaves 1 %, target 95 %. By
   * ratios the budget is gone after 822.9 min, by slices after 1,008; by events 16,800 of 336,000.
   */
  @ParameterizedTest
  @CsvSource({"ratio, 822, false", "ratio, 823, true", "slices, 1008, false", "slices, 1009, true"})
  void theExampleOfOpenSlo(String method, long attackedMinutes, boolean exhausted) {
    Sliced budgeting =
        method.equals("ratio")
            ? new RatioTimeslices(MINUTE)
            : new Timeslices(MINUTE, new BigDecimal("0.95"));
    long spent =
        of(budgeting, 99, 100) * attackedMinutes
            + of(budgeting, 1, 100) * (FORTNIGHT_SLICES - attackedMinutes);
    SliceBudget budget = new SliceBudget(new BigDecimal("0.95"), FORTNIGHT_SLICES, spent);
    assertThat(budget.allowed()).isEqualByComparingTo("1008");
    assertThat(budget.spent().compareTo(BigDecimal.ONE) > 0).isEqualTo(exhausted);
    Budget events = new Budget(new BigDecimal("0.95"), 0, 336_000);
    assertThat(events.allowed()).isEqualByComparingTo("16800");
  }

  /** 43,200 minutes of a month: at 99.9 % 43.2 of them; New York's March has 44,580. */
  @ParameterizedTest
  @CsvSource({"43200, 43.2", "40320, 40.32", "44580, 44.58", "43260, 43.26"})
  void aMonthOfMinutes(long slices, String allowed) {
    assertThat(new SliceBudget(new BigDecimal("0.999"), slices, 0).allowed())
        .isEqualByComparingTo(allowed);
  }

  @Test
  void aSliceAtItsTargetIsGoodAndOneWithoutEventsSpendsNothing() {
    Timeslices slices = new Timeslices(MINUTE, new BigDecimal("0.95"));
    assertThat(of(slices, 5, 100)).isZero();
    assertThat(of(slices, 6, 100)).isEqualTo(WHOLE);
    assertThat(of(slices, 0, 0)).isZero();
    assertThat(of(new Timeslices(MINUTE, BigDecimal.ONE), 1, Long.MAX_VALUE)).isEqualTo(WHOLE);
    RatioTimeslices ratio = new RatioTimeslices(MINUTE);
    assertThat(of(ratio, 0, 0)).isZero();
    assertThat(of(ratio, 1, 3)).isEqualTo(333_333_333_333L);
    assertThat(of(ratio, Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(WHOLE);
  }

  /** A third of a slice was not measured: taken to be as busy, and good. */
  @Test
  void whatIsNotMeasuredIsTakenToBeGood() {
    Fraction scaled = new Fraction(BigInteger.valueOf(100 * 60), BigInteger.valueOf(40));
    BigInteger bad = BigInteger.valueOf(15);
    assertThat(new RatioTimeslices(MINUTE).shortfall(bad, scaled)).isEqualTo(WHOLE / 10);
    assertThat(new Timeslices(MINUTE, new BigDecimal("0.9")).shortfall(bad, scaled)).isZero();
    assertThat(new Timeslices(MINUTE, new BigDecimal("0.901")).shortfall(bad, scaled))
        .isEqualTo(WHOLE);
  }

  private static long of(Sliced budgeting, long bad, long total) {
    return budgeting.shortfall(BigInteger.valueOf(bad), Fraction.of(total));
  }

  /** Half of ten minutes bad at 99 %: 50 times what is allowed. */
  @Test
  void aBurnOfSlicesIsTheirShareOverTheBudget() {
    BurnRate burn =
        BurnRate.ofSlices(new BigDecimal("0.99"), 5 * WHOLE, MINUTE, MINUTE.toMillis() * 10);
    assertThat(burn.shown()).isEqualByComparingTo("50");
    assertThat(burn.exceeds(new BigDecimal("49.999999999"))).isTrue();
    assertThat(burn.exceeds(new BigDecimal("50"))).isFalse();
  }
}
