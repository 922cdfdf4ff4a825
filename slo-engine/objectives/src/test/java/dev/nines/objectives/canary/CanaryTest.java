// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.canary.Canary.Difference;
import dev.nines.objectives.canary.Canary.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryTest {

  private static final BigDecimal NONE = BigDecimal.ZERO;

  /** Newcombe's own examples, table II, method 10. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339",
    "9,  10, 3,  10, 0.1705, 0.8090",
    "6,  7,  2,  7,  0.0582, 0.8062",
    "5,  56, 0,  29, -0.0381, 0.1926",
    "0,  10, 0,  20, -0.1611, 0.2775",
    "0,  10, 0,  10, -0.2775, 0.2775",
    "10, 10, 0,  20, 0.6791, 1.0000",
    "10, 10, 0,  10, 0.6075, 1.0000",
  })
  void theIntervalIsNewcombes(long a, long m, long b, long n, String lower, String upper) {
    Difference found = new Canary(a, m, b, n, NONE).difference();
    // Six digits were rounded up already.
    assertThat(found.lower().setScale(4, RoundingMode.HALF_DOWN)).isEqualByComparingTo(lower);
    assertThat(found.upper().setScale(4, RoundingMode.HALF_DOWN)).isEqualByComparingTo(upper);
  }

  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.05, FAIL",
    "56, 70, 48, 80, 0.06, UNDECIDED",
    "56, 70, 48, 80, 0.33, UNDECIDED",
    "56, 70, 48, 80, 0.34, PASS",
    "0,  10, 0,  10, 0.01, UNDECIDED",
    "0,  0,  0,  10, 0.01, UNDECIDED",
    "0,  10, 0,  0,  0.01, UNDECIDED",
    "1,  100000, 1, 100000, 0.001, PASS",
  })
  void theVerdictIsWhatIsSure(long a, long m, long b, long n, BigDecimal most, Verdict verdict) {
    assertThat(new Canary(a, m, b, n, most).verdict()).isEqualTo(verdict);
  }

  /** With so many more of the same there is a verdict, with one fewer there is none. */
  @Test
  void whatIsNeededIsEnoughAndNoMore() {
    Canary canary = new Canary(2, 100, 1, 100, new BigDecimal("0.05"));
    assertThat(canary.verdict()).isEqualTo(Verdict.UNDECIDED);
    long needed = canary.needed().orElseThrow();
    BigDecimal enough = new BigDecimal(100 + needed).divide(new BigDecimal(100));
    BigDecimal fewer = new BigDecimal(99 + needed).divide(new BigDecimal(100));
    assertThat(upper(enough)).isLessThan(0.05);
    assertThat(upper(fewer)).isGreaterThanOrEqualTo(0.05);
    assertThat(new Canary(5, 100, 0, 100, new BigDecimal("0.05")).needed())
        .as("the difference is the tolerance: no number decides")
        .isEmpty();
    assertThat(new Canary(0, 0, 0, 100, new BigDecimal("0.05")).needed()).isEmpty();
    assertThat(new Canary(1, 100000, 1, 100000, new BigDecimal("0.05")).needed()).isEmpty();
  }

  /** The upper bound by the textbook, in floats, for 2 and 1 in a hundred. */
  private static double upper(BigDecimal factor) {
    double n = 100 * factor.doubleValue();
    double up = wilson(0.02, n, 1) - 0.02;
    double down = 0.01 - wilson(0.01, n, -1);
    return 0.01 + Math.sqrt(up * up + down * down);
  }

  private static double wilson(double p, double n, int side) {
    double z = 1.959963985;
    double spread = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return (p + z * z / (2 * n) + side * spread) / (1 + z * z / n);
  }

  /** Where there is no difference, 95 % of the intervals contain 0, or somewhat more. */
  @Test
  void theIntervalCoversWhatItSays() {
    Random random = new Random(5);
    int covered = 0;
    for (int i = 0; i < 2_000; i++) {
      Difference found =
          new Canary(draw(random, 200), 200, draw(random, 300), 300, NONE).difference();
      covered += found.lower().signum() <= 0 && found.upper().signum() >= 0 ? 1 : 0;
    }
    assertThat(covered).isBetween(1_860, 1_960);
  }

  private static int draw(Random random, int requests) {
    int bad = 0;
    for (int i = 0; i < requests; i++) {
      bad += random.nextInt(20) == 0 ? 1 : 0;
    }
    return bad;
  }
}
