// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.openslo.DurationText;
import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Numbers and lengths of a contract within their ranges; each complains where one is outside. */
final class Quantity {

  private static final int DIGITS_MAX = 9;

  private Quantity() {}

  /** A decimal in [least, most]. */
  static Optional<BigDecimal> decimal(YamlValue value, String least, String most) {
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
  static BigDecimal decimal(YamlMap map, String key, String least, String most, String absent) {
    return map.get(key)
        .flatMap(value -> decimal(value, least, most))
        .orElse(new BigDecimal(absent));
  }

  /** A whole number in [least, most]. */
  static int whole(YamlMap map, String key, int least, int most, int absent) {
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
  static Duration minutes(YamlMap map, String key, Duration absent) {
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
}
