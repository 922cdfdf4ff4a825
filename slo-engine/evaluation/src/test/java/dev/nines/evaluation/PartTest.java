// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartTest {

  /** Against decimals without a bound. */
  @Test
  void itIsReachedByWhatIsNoSmaller() {
    Random random = new Random(3);
    int reached = 0;
    for (int i = 0; i < 100_000; i++) {
      BigDecimal decimal =
          BigDecimal.valueOf(random.nextLong(1L << random.nextInt(59)), random.nextInt(19));
      Part part = Part.of(decimal).orElseThrow();
      long all = random.nextLong() >>> (1 + random.nextInt(63));
      long some = random.nextBoolean() ? near(decimal, all) : random.nextLong(all + 1);
      boolean truth =
          BigDecimal.valueOf(some).compareTo(decimal.multiply(BigDecimal.valueOf(all))) >= 0;
      assertThat(part.isReachedBy(some, all))
          .as("%d of %d, %s", some, all, decimal)
          .isEqualTo(truth);
      reached += truth ? 1 : 0;
    }
    assertThat(reached).isBetween(10_000, 90_000);
  }

  @Test
  void oneOfMoreDigitsIsNone() {
    assertThat(Part.of(new BigDecimal("0.1234567890123456789"))).isEmpty();
    assertThat(Part.of(new BigDecimal("1E+3"))).isEmpty();
    assertThat(Part.ANY.isReachedBy(0, 7)).isTrue();
  }

  private static long near(BigDecimal part, long all) {
    BigDecimal exact = part.multiply(BigDecimal.valueOf(all)).min(BigDecimal.valueOf(all));
    return exact.longValue();
  }
}
