// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceTest {

  private static final BigDecimal TARGET = new BigDecimal("0.999");

  /** 98 % lower bounds against 14.4 x 0.1 % = 1.44 %. */
  @ParameterizedTest
  @CsvSource({"1, 10, false", "3, 100, false", "5, 100, true", "20, 1000, false", "30, 1000, true"})
  void smallSamplesDoNotPage(long bad, long total, boolean pages) {
    Confidence confidence = Confidence.at(new BigDecimal("0.98")).orElseThrow();
    assertThat(confidence.exceeds(bad, total, TARGET, new BigDecimal("14.4"))).isEqualTo(pages);
  }

  @Test
  void noEventAndNoReachableRatioPageNever() {
    Confidence confidence = Confidence.at(new BigDecimal("0.980")).orElseThrow();
    assertThat(confidence.exceeds(0, 0, TARGET, BigDecimal.ONE)).isFalse();
    assertThat(confidence.exceeds(10, 10, new BigDecimal("0.5"), BigDecimal.TWO)).isFalse();
  }

  @Test
  void everyLevelNamedIsKnownAndNoOther() {
    for (String level : Confidence.LEVELS.split(", ")) {
      assertThat(Confidence.at(new BigDecimal(level))).as(level).isPresent();
    }
    assertThat(Confidence.at(new BigDecimal("0.97"))).isEmpty();
  }

  /** The textbook's bound in floats, wherever it is far enough from the threshold to be trusted. */
  @Test
  void agreesWithTheBoundInFloats() {
    long seed = 98L;
    Random random = new Random(seed);
    Confidence confidence = Confidence.at(new BigDecimal("0.98")).orElseThrow();
    int compared = 0;
    for (int round = 0; round < 5_000; round++) {
      long total = 1 + random.nextInt(5_000);
      long bad = random.nextLong(total + 1) / (1 + random.nextInt(100));
      BigDecimal factor = BigDecimal.valueOf(1 + random.nextInt(3_000), 2);
      double threshold = factor.doubleValue() * 0.001;
      double bound = wilson(bad, total, 2.3263);
      if (Math.abs(bound - threshold) > 1e-9) {
        compared++;
        assertThat(confidence.exceeds(bad, total, TARGET, factor))
            .as("seed %s: %s of %s, factor %s", seed, bad, total, factor)
            .isEqualTo(bound > threshold);
      }
    }
    assertThat(compared).isGreaterThan(4_900);
  }

  private static double wilson(long bad, long total, double z) {
    double ratio = (double) bad / total;
    double square = z * z;
    double spread = z * Math.sqrt(ratio * (1 - ratio) / total + square / (4.0 * total * total));
    return (ratio + square / (2 * total) - spread) / (1 + square / total);
  }
}
