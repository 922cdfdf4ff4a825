// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 50ms}, {@code 1.5s}, {@code 20s}, {@code 3d}. */
public final class DurationText {

  public static final String UNITS = "ns, us, ms, s, m, h, d, w";

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ns|us|ms|s|m|h|d|w)");

  /** Days before weeks: 28d is how people say it. */
  private static final List<String> WHOLE = List.of("d", "h", "m", "s", "ms", "us", "ns", "w");

  private static final List<String> GROWING = List.of("ns", "us", "ms", "s", "m", "h", "d", "w");
  private static final BigDecimal NUMBERS_END = BigDecimal.valueOf(1_000_000_000);

  private DurationText() {}

  /** Empty when the text is no length, is zero, or is finer than a nanosecond. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal nanos =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanosOf(matcher.group(2))));
    if (nanos.signum() == 0 || nanos.stripTrailingZeros().scale() > 0) {
      return Optional.empty();
    }
    BigInteger[] parts =
        nanos.toBigIntegerExact().divideAndRemainder(BigInteger.valueOf(1_000_000_000));
    return Optional.of(Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact()));
  }

  /**
   * With the largest unit that divides it, such as {@code 90m}, {@code 3d}, {@code 1500ms}; what is
   * read from a text is read again from this one.
   */
  public static String format(Duration duration) {
    BigDecimal nanos =
        BigDecimal.valueOf(duration.toSeconds())
            .movePointRight(9)
            .add(BigDecimal.valueOf(duration.getNano()));
    for (String unit : WHOLE) {
      BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(nanosOf(unit)));
      if (parts[1].signum() == 0 && parts[0].compareTo(NUMBERS_END) < 0) {
        return parts[0].toBigIntegerExact() + unit;
      }
    }
    return parts(nanos);
  }

  /** What is too long for its smallest unit has digits after the point. */
  private static String parts(BigDecimal nanos) {
    for (String unit : GROWING) {
      BigDecimal number = nanos.divide(BigDecimal.valueOf(nanosOf(unit)), MathContext.DECIMAL128);
      if (number.compareTo(NUMBERS_END) < 0) {
        return number.stripTrailingZeros().toPlainString() + unit;
      }
    }
    return nanos.toPlainString() + "ns";
  }

  private static long nanosOf(String unit) {
    return switch (unit) {
      case "ns" -> 1L;
      case "us" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      case "d" -> 86_400_000_000_000L;
      default -> 7 * 86_400_000_000_000L;
    };
  }
}
