// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Distributions against the values that they were made of. */
class MeasureTest {

  private static final List<Double> BOUNDS = List.of(0.005, 0.1, 0.25, 0.5, 1.0, 2.5);

  @ParameterizedTest
  @CsvSource({
    "0.25, 6, 0", // a bound
    "0.3, 6, 4", // between two
    "0.001, 0, 1", // below the first
    "9, 21, 7", // above the last: what lies beyond it is not known
    "2.5, 21, 0",
  })
  void explicitBucketsAreExactAtABound(BigDecimal threshold, long good, long uncertain) {
    Measure measure = new ExplicitBuckets(BOUNDS, List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L));
    assertThat(measure.split(threshold)).isEqualTo(new Measure.Split(good, uncertain));
  }

  @Test
  void aBoundThatBinaryCannotHoldIsABound() {
    Measure measure = new ExplicitBuckets(List.of(0.1, 100 / 1e3 + 0.2), List.of(1L, 1L, 1L));
    assertThat(measure.split(new BigDecimal("0.1"))).isEqualTo(new Measure.Split(1, 0));
    assertThat(measure.split(new BigDecimal("0.3"))).isEqualTo(new Measure.Split(1, 1));
  }

  @Test
  void withoutBucketsAllIsUncertain() {
    assertThat(new Measure.Count(9).split(BigDecimal.ONE)).isEqualTo(new Measure.Split(0, 9));
  }

  @Test
  void aPowerOfTwoIsABoundAtEveryScale() {
    for (int scale = -2; scale <= 20; scale++) {
      BigDecimal threshold = new BigDecimal("0.0625"); // 2^-4, and so (2^4)^-1
      int bound = scale >= 0 ? -4 << scale : -4 >> -scale;
      Map<Integer, Long> buckets = Map.of(bound - 1, 5L, bound, 7L);
      assertThat(new ExponentialBuckets(scale, 0, 0, buckets, Map.of()).split(threshold))
          .as("scale %s", scale)
          .isEqualTo(new Measure.Split(5, 0));
    }
    Map<Integer, Long> one = Map.of(0, 5L);
    assertThat(new ExponentialBuckets(-3, 0, 0, one, Map.of()).split(BigDecimal.TWO))
        .as("2 lies in (1, 256]")
        .isEqualTo(new Measure.Split(0, 5));
  }

  @Test
  void zerosAndNegativesAreGoodUnlessTheThresholdIsWithinZero() {
    Measure measure = new ExponentialBuckets(0, 3, 0.01, Map.of(), Map.of(4, 2L));
    assertThat(measure.split(new BigDecimal("0.01"))).isEqualTo(new Measure.Split(5, 0));
    assertThat(measure.split(new BigDecimal("0.009"))).isEqualTo(new Measure.Split(2, 3));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void boundsHoldTheTruth(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<BigDecimal> values = values(random, 60);
      BigDecimal threshold = value(random);
      long good = values.stream().filter(value -> value.compareTo(threshold) <= 0).count();
      for (Measure measure : List.of(explicit(values), exponential(values, random.nextInt(6)))) {
        Measure.Split split = measure.split(threshold);
        assertThat(measure.total()).isEqualTo(values.size());
        assertThat(good)
            .as("seed %s round %s: %s of %s", seed, round, threshold, measure)
            .isBetween(split.good(), split.good() + split.uncertain());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anIncrementIsTheDistributionOfWhatWasAdded(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<BigDecimal> before = values(random, 40);
      List<BigDecimal> added = values(random, 40);
      List<BigDecimal> all = new ArrayList<>(before);
      all.addAll(added);
      assertThat(explicit(all).since(explicit(before))).contains(explicit(added));
      int scale = random.nextInt(6);
      int coarser = random.nextInt(scale + 1);
      assertThat(exponential(all, coarser).since(exponential(before, scale)))
          .contains(exponential(added, coarser));
    }
  }

  @Test
  void whatFallsOrChangesItsKindBeginsAnew() {
    Measure five = new Measure.Count(5);
    assertThat(new Measure.Count(4).since(five)).isEmpty();
    assertThat(new Measure.Count(5).since(five)).contains(new Measure.Count(0));
    Measure buckets = new ExplicitBuckets(List.of(1.0), List.of(2L, 4L));
    assertThat(new ExplicitBuckets(List.of(1.0), List.of(1L, 9L)).since(buckets)).isEmpty();
    assertThat(buckets.since(five)).isEmpty();
    assertThat(new ExponentialBuckets(0, 0, 0, Map.of(1, 9L), Map.of()).since(buckets)).isEmpty();
    Measure more = new ExponentialBuckets(0, 0, 0, Map.of(1, 9L, 2, 1L), Map.of());
    Measure less = new ExponentialBuckets(0, 0, 0, Map.of(1, 8L, 3, 1L), Map.of());
    assertThat(more.since(less)).isEmpty();
  }

  @Test
  void ofOtherBoundsOnlyTheNumberIsKnown() {
    Measure before = new ExplicitBuckets(List.of(1.0), List.of(2L, 4L));
    Measure after = new ExplicitBuckets(List.of(2.0), List.of(5L, 4L));
    assertThat(after.since(before)).contains(new Measure.Count(3));
    Measure wide = new ExponentialBuckets(0, 5, 0.5, Map.of(), Map.of());
    Measure narrow = new ExponentialBuckets(0, 1, 0.1, Map.of(), Map.of());
    assertThat(wide.since(narrow)).contains(new Measure.Count(4));
  }

  private static List<BigDecimal> values(Random random, int max) {
    List<BigDecimal> values = new ArrayList<>();
    for (int i = random.nextInt(max); i > 0; i--) {
      values.add(value(random));
    }
    return values;
  }

  /** Often a bound of one kind of buckets or the other. */
  private static BigDecimal value(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> BigDecimal.valueOf(BOUNDS.get(random.nextInt(BOUNDS.size())));
      case 1 -> BigDecimal.valueOf(Math.scalb(1.0, random.nextInt(12) - 6));
      default -> BigDecimal.valueOf(1 + random.nextInt(4_000), 3);
    };
  }

  private static Measure explicit(List<BigDecimal> values) {
    Long[] counts = new Long[BOUNDS.size() + 1];
    Arrays.fill(counts, 0L);
    for (BigDecimal value : values) {
      int i = 0;
      while (i < BOUNDS.size() && value.compareTo(BigDecimal.valueOf(BOUNDS.get(i))) > 0) {
        i++;
      }
      counts[i]++;
    }
    return new ExplicitBuckets(BOUNDS, List.of(counts));
  }

  private static Measure exponential(List<BigDecimal> values, int scale) {
    Map<Integer, Long> buckets = new TreeMap<>();
    values.forEach(value -> buckets.merge(index(value, scale), 1L, Long::sum));
    return new ExponentialBuckets(scale, 0, 0, buckets, Map.of());
  }

  /** The i with 2^i < value^(2^scale) <= 2^(i+1), exact. */
  private static int index(BigDecimal value, int scale) {
    BigDecimal power = value.pow(1 << scale);
    int i = -1;
    while (power.compareTo(two(i + 1)) > 0) {
      i++;
    }
    while (power.compareTo(two(i)) <= 0) {
      i--;
    }
    return i;
  }

  private static BigDecimal two(int exponent) {
    return exponent >= 0
        ? new BigDecimal(BigInteger.ONE.shiftLeft(exponent))
        : BigDecimal.ONE.divide(new BigDecimal(BigInteger.ONE.shiftLeft(-exponent)));
  }
}
