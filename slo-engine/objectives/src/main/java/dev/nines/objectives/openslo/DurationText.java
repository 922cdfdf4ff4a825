// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 50ms}, {@code 1.5s}, {@code 20s}, {@code 3d}. */
public final class DurationText {

  public static final String UNITS = "ns, us, ms, s, m, h, d, w";

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ns|us|ms|s|m|h|d|w)");

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

  /** With the largest unit that divides it: {@code 90m}, {@code 3d}. */
  public static String format(Duration duration) {
    long seconds = duration.toSeconds();
    if (!Duration.ofSeconds(seconds).equals(duration)) {
      BigDecimal nanos =
          BigDecimal.valueOf(seconds).movePointRight(9).add(BigDecimal.valueOf(duration.getNano()));
      return nanos
              .movePointLeft(6)
              .setScale(6, RoundingMode.UNNECESSARY)
              .stripTrailingZeros()
              .toPlainString()
          + "ms";
    }
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
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
