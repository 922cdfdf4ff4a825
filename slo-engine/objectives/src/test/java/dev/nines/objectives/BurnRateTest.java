// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BurnRateTest {

  private static final BigDecimal THREE_NINES = new BigDecimal("0.999");
  private static final long MINUTE = 60_000;

  /**
   * Step errors from clean at one request a millisecond, 99.9 % over 30 d; detection and reset
   * times follow from SRE workbook chapter 5: T = factor x 0.001, detection T x long / error, reset
   * short x (1 - T / error).
   */
  @ParameterizedTest
  @CsvSource({
    "100,  14.4, 60,   5,   0.864, 4.928",
    "15,   14.4, 60,   5,   5.76,  4.52",
    "2,    14.4, 60,   5,   43.2,  1.40",
    "100,  6,    360,  30,  2.16,  29.82",
    "15,   6,    360,  30,  14.4,  28.8",
    "2,    6,    360,  30,  108,   21",
    "1,    6,    360,  30,  216,   12",
    "100,  3,    1440, 120, 4.32,  119.64",
    "1,    3,    1440, 120, 432,   84",
    "0.5,  3,    1440, 120, 864,   48",
    "100,  1,    4320, 360, 4.32,  359.64",
    "0.5,  1,    4320, 360, 864,   288",
    "0.2,  1,    4320, 360, 2160,  180",
  })
  void detectsAndResetsWhenTheWorkbookSays(
      BigDecimal errorPercent,
      BigDecimal factor,
      long longMinutes,
      long shortMinutes,
      BigDecimal detectMinutes,
      BigDecimal resetMinutes) {
    BigDecimal ratio = errorPercent.movePointLeft(2);
    long atDetection = millis(detectMinutes).multiply(ratio).longValueExact();
    assertThat(exceeds(longMinutes * MINUTE, atDetection, factor)).isFalse();
    assertThat(exceeds(longMinutes * MINUTE, atDetection + 1, factor)).isTrue();

    BigDecimal badStretch =
        BigDecimal.valueOf(shortMinutes * MINUTE).subtract(millis(resetMinutes));
    long atReset = badStretch.multiply(ratio).longValueExact();
    assertThat(exceeds(shortMinutes * MINUTE, atReset + 1, factor)).isTrue();
    assertThat(exceeds(shortMinutes * MINUTE, atReset, factor)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1, 6", "0.5, 3", "0.2, 1", "1, 14.4"})
  void anErrorBelowItsThresholdNeverFires(BigDecimal errorPercent, BigDecimal factor) {
    long window = 60 * MINUTE;
    long bad = errorPercent.movePointLeft(2).multiply(BigDecimal.valueOf(window)).longValueExact();
    boolean reachable = errorPercent.movePointLeft(2).movePointRight(3).compareTo(factor) > 0;
    assertThat(exceeds(window, bad, factor)).isEqualTo(reachable);
  }

  @Test
  void theRatioOfSumsIsTakenNotTheMeanOfRatios() {
    Optional<BurnRate> burn =
        burn(
            THREE_NINES,
            MINUTE,
            List.of(
                new RegionWindow(10_000, 1_000_000, MINUTE), new RegionWindow(0, 1_000, MINUTE)));
    assertThat(burn.orElseThrow().shown()).isEqualByComparingTo("9.990009990");
  }

  @Test
  void anUnmeasuredStretchSpendsNothing() {
    Optional<BurnRate> half =
        burn(THREE_NINES, 2 * MINUTE, List.of(new RegionWindow(30, 100, MINUTE)));
    assertThat(half.orElseThrow().shown()).isEqualByComparingTo("150");
  }

  @Test
  void aRegionThatWasNotMeasuredIsLeftOut() {
    RegionWindow alive = new RegionWindow(1, 1_000, MINUTE);
    RegionWindow silent = new RegionWindow(7, 7, 0);
    assertThat(burn(THREE_NINES, MINUTE, List.of(alive, silent)).map(BurnRate::shown))
        .isEqualTo(burn(THREE_NINES, MINUTE, List.of(alive)).map(BurnRate::shown));
    assertThat(burn(THREE_NINES, MINUTE, List.of(silent))).isEmpty();
    assertThat(burn(THREE_NINES, MINUTE, List.of())).isEmpty();
    assertThat(burn(THREE_NINES, MINUTE, List.of(new RegionWindow(0, 0, 9)))).isEmpty();
  }

  @Test
  void exactlyTheFactorIsNotBeyondIt() {
    // In binary floats 1 - 0.999 is 0.0010000000000000009 and this comparison goes wrong.
    BurnRate one =
        burn(THREE_NINES, MINUTE, List.of(new RegionWindow(1, 1_000, MINUTE))).orElseThrow();
    assertThat(one.exceeds(BigDecimal.ONE)).isFalse();
    assertThat(one.exceeds(new BigDecimal("0.9999999999999999999"))).isTrue();
    assertThat(one.exceeds(new BigDecimal("1E+1"))).isFalse();
  }

  @Test
  void moreBadThanTotalIsRefused() {
    assertThatThrownBy(() -> new RegionWindow(2, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bad 2 of 1");
  }

  @Test
  void sumsMayGoBeyondALong() {
    RegionWindow full = new RegionWindow(Long.MAX_VALUE / 10, Long.MAX_VALUE, MINUTE);
    assertThat(burn(THREE_NINES, MINUTE, List.of(full, full)).orElseThrow().shown())
        .isEqualTo(burn(THREE_NINES, MINUTE, List.of(full)).orElseThrow().shown())
        .isEqualByComparingTo("100");
  }

  /**
   * Against decimals of 60 digits, far beyond what any of these fractions needs to be told apart.
   */
  @Test
  void agreesWithTheFormulaForRandomRegions() {
    long seed = 20_260_101L;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      BigDecimal target = BigDecimal.valueOf(900_000L + random.nextInt(100_000), 6);
      BigDecimal factor = BigDecimal.valueOf(1 + random.nextInt(5_000), 2);
      long window = 1 + random.nextInt(4_000_000);
      List<RegionWindow> regions = regions(random, window);
      BigDecimal oracle = oracle(target, window, regions);
      Optional<BurnRate> burn = burn(target, window, regions);
      String context = "seed " + seed + " round " + round + " " + regions;
      assertThat(burn.isPresent()).as(context).isEqualTo(oracle.signum() >= 0);
      burn.ifPresent(
          rate -> {
            assertThat(rate.exceeds(factor)).as(context).isEqualTo(oracle.compareTo(factor) > 0);
            assertThat(rate.shown().subtract(oracle).abs()).as(context).isLessThan(half());
          });
    }
  }

  private static List<RegionWindow> regions(Random random, long window) {
    List<RegionWindow> regions = new ArrayList<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      long total = random.nextInt(1_000_000);
      long bad = total == 0 ? 0 : random.nextLong(total + 1) / (1 + random.nextInt(1_000));
      long measured = random.nextBoolean() ? window : random.nextLong(window + 1);
      regions.add(new RegionWindow(bad, total, measured));
    }
    return regions;
  }

  /** Negative when there is nothing measured. */
  private static BigDecimal oracle(BigDecimal target, long window, List<RegionWindow> regions) {
    MathContext precise = new MathContext(60);
    BigDecimal bad = BigDecimal.ZERO;
    BigDecimal total = BigDecimal.ZERO;
    for (RegionWindow region : regions) {
      if (region.measuredMillis() == 0) {
        continue;
      }
      bad = bad.add(BigDecimal.valueOf(region.bad()));
      BigDecimal share =
          BigDecimal.valueOf(window).divide(BigDecimal.valueOf(region.measuredMillis()), precise);
      total = total.add(share.multiply(BigDecimal.valueOf(region.total())), precise);
    }
    return total.signum() == 0
        ? BigDecimal.ONE.negate()
        : bad.divide(BigDecimal.ONE.subtract(target).multiply(total), precise);
  }

  private static BigDecimal half() {
    return new BigDecimal(BigInteger.valueOf(51), BurnRate.SHOWN_DIGITS + 2);
  }

  private static boolean exceeds(long windowMillis, long bad, BigDecimal factor) {
    return burn(
            THREE_NINES, windowMillis, List.of(new RegionWindow(bad, windowMillis, windowMillis)))
        .orElseThrow()
        .exceeds(factor);
  }

  private static BigDecimal millis(BigDecimal minutes) {
    return minutes.multiply(BigDecimal.valueOf(MINUTE));
  }

  private static Optional<BurnRate> burn(
      BigDecimal target, long windowMillis, List<RegionWindow> regions) {
    return EventShare.of(windowMillis, regions).map(bad -> BurnRate.of(target, bad.value()));
  }
}
