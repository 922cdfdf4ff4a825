// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Numbers and lengths within their ranges; each complains where one is outside. */
public final class Quantity {

  private static final int DIGITS_MAX = 9;

  private Quantity() {}

  /** A decimal in [least, most]. */
  public static Optional<BigDecimal> decimal(YamlValue value, String least, String most) {
    Optional<BigDecimal> number = value.number();
    if (number.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal found = number.get();
    if (found.compareTo(new BigDecimal(least)) < 0 || found.compareTo(new BigDecimal(most)) > 0) {
      value.refuse("range", found.toPlainString() + " is not between " + least + " and " + most);
      return Optional.empty();
    }
    if (found.stripTrailingZeros().scale() > DIGITS_MAX) {
      value.refuse("digits", "has more than " + DIGITS_MAX + " digits after the point");
      return Optional.empty();
    }
    return number;
  }

  /** As {@link #decimal}, with a value for an absent field. */
  public static BigDecimal decimal(
      YamlMap map, String key, String least, String most, String absent) {
    return map.get(key)
        .flatMap(value -> decimal(value, least, most))
        .orElse(new BigDecimal(absent));
  }

  /** Without an exponent, so that it is written as it is read. */
  static Optional<BigDecimal> digits(YamlValue value, BigDecimal number, int most) {
    if (number.scale() > most) {
      value.refuse("digits", "has more than " + most + " digits after the point");
      return Optional.empty();
    }
    return Optional.of(number.scale() < 0 ? number.setScale(0) : number);
  }

  /** A whole number in [least, most]. */
  public static int whole(YamlMap map, String key, int least, int most, int absent) {
    Optional<YamlValue> value = map.get(key);
    Optional<BigDecimal> number =
        value.flatMap(each -> decimal(each, String.valueOf(least), String.valueOf(most)));
    if (number.isPresent() && number.get().stripTrailingZeros().scale() > 0) {
      value.get().refuse("whole", "must be a whole number");
      return absent;
    }
    return number.map(BigDecimal::intValue).orElse(absent);
  }

  /** A length of whole minutes such as {@code 5m} or {@code 72h}; {@code 0} is none. */
  public static Duration minutes(YamlMap map, String key, Duration absent) {
    Optional<YamlValue> value = map.get(key);
    Optional<String> text = value.flatMap(YamlValue::text);
    if (text.isEmpty()) {
      return absent;
    }
    if (text.get().equals("0")) {
      return Duration.ZERO;
    }
    Optional<Duration> length = DurationText.parse(text.get());
    if (length.isEmpty() || !length.get().equals(Duration.ofMinutes(length.get().toMinutes()))) {
      value.get().refuse("duration", "'" + text.get() + "' is no length of whole minutes");
      return absent;
    }
    return length.get();
  }

  /** A length of whole seconds such as {@code 30s} or {@code 5m}, at most {@code most}. */
  public static Optional<Duration> seconds(YamlValue value, Duration most) {
    Optional<String> text = value.text();
    Optional<Duration> length = text.flatMap(DurationText::parse);
    if (text.isPresent()
        && (length.isEmpty() || length.get().getNano() != 0 || length.get().compareTo(most) > 0)) {
      value.refuse(
          "duration",
          "'%s' is no length of whole seconds such as 30s or 5m, up to %s"
              .formatted(text.get(), DurationText.format(most)));
      return Optional.empty();
    }
    return length;
  }
}
