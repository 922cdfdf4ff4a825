// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.canary;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/**
 * Compares the share of bad requests of a new version with that of the old one, by the hybrid score
 * interval of the difference at 95 % (Newcombe, Statistics in Medicine 17, 1998, method 10). That
 * holds for one look: who asks until there is a verdict is wrong more often.
 *
 * @param tolerance difference that is borne, in [0, 1)
 */
public record Canary(
    long canaryBad, long canaryTotal, long baselineBad, long baselineTotal, BigDecimal tolerance) {

  private static final int SHOWN_DIGITS = 6;

  /** Beyond, waiting for more requests is no plan. */
  private static final int MOST_TIMES = 1_000_000;

  /** What is known. */
  public enum Verdict {
    /** Worse than is borne, at 95 %: the lower bound exceeds the tolerance. */
    FAIL,
    /** Not worse, at 95 %: the upper bound is under it. */
    PASS,
    UNDECIDED
  }

  public Canary {
    boolean right =
        canaryBad >= 0
            && canaryBad <= canaryTotal
            && baselineBad >= 0
            && baselineBad <= baselineTotal;
    if (!right) {
      throw new IllegalArgumentException(
          "%d of %d, %d of %d".formatted(canaryBad, canaryTotal, baselineBad, baselineTotal));
    }
  }

  /**
   * The canary's share less the baseline's.
   *
   * @param lower bound, six digits, as {@code upper}
   */
  public record Difference(BigDecimal value, BigDecimal lower, BigDecimal upper) {}

  /** Without a request on either side. */
  public boolean empty() {
    return canaryTotal == 0 || baselineTotal == 0;
  }

  public Verdict verdict() {
    return empty() ? Verdict.UNDECIDED : verdict(BigDecimal.ONE);
  }

  /** For people; the verdict is of all digits. There must be requests on both sides. */
  public Difference difference() {
    BigDecimal[] bounds = bounds(BigDecimal.ONE);
    return new Difference(shown(value()), shown(bounds[0]), shown(bounds[1]));
  }

  /**
   * Requests of the canary still needed, if both sides go on as they are.
   *
   * @return empty when there is a verdict, when nothing is known yet, or when no number would do
   */
  public OptionalLong needed() {
    if (empty()
        || verdict() != Verdict.UNDECIDED
        || verdict(BigDecimal.valueOf(MOST_TIMES)) == Verdict.UNDECIDED) {
      return OptionalLong.empty();
    }
    long fewest = canaryTotal;
    long enough = Math.multiplyExact(canaryTotal, MOST_TIMES);
    while (enough - fewest > 1) {
      long middle = fewest + (enough - fewest) / 2;
      BigDecimal factor =
          BigDecimal.valueOf(middle).divide(BigDecimal.valueOf(canaryTotal), Requests.DIGITS);
      if (verdict(factor) == Verdict.UNDECIDED) {
        fewest = middle;
      } else {
        enough = middle;
      }
    }
    return OptionalLong.of(enough - canaryTotal);
  }

  private Verdict verdict(BigDecimal factor) {
    BigDecimal[] bounds = bounds(factor);
    if (bounds[0].compareTo(tolerance) > 0) {
      return Verdict.FAIL;
    }
    return bounds[1].compareTo(tolerance) < 0 ? Verdict.PASS : Verdict.UNDECIDED;
  }

  private BigDecimal value() {
    return canary(BigDecimal.ONE).share().subtract(baseline(BigDecimal.ONE).share());
  }

  /** Lower and upper. */
  private BigDecimal[] bounds(BigDecimal factor) {
    Requests canary = canary(factor);
    Requests baseline = baseline(factor);
    BigDecimal down =
        hypotenuse(
            canary.share().subtract(canary.lower()), baseline.upper().subtract(baseline.share()));
    BigDecimal up =
        hypotenuse(
            canary.upper().subtract(canary.share()), baseline.share().subtract(baseline.lower()));
    return new BigDecimal[] {value().subtract(down), value().add(up)};
  }

  private Requests canary(BigDecimal factor) {
    return Requests.of(canaryBad, canaryTotal).times(factor);
  }

  private Requests baseline(BigDecimal factor) {
    return Requests.of(baselineBad, baselineTotal).times(factor);
  }

  private static BigDecimal hypotenuse(BigDecimal a, BigDecimal b) {
    return a.multiply(a).add(b.multiply(b)).sqrt(Requests.DIGITS);
  }

  private static BigDecimal shown(BigDecimal value) {
    return value.setScale(SHOWN_DIGITS, RoundingMode.HALF_UP);
  }
}
