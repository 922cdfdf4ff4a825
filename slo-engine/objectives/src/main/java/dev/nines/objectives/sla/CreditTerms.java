// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.openslo.Quantity;
import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code spec.credits}. */
final class CreditTerms {

  private static final Set<String> FIELDS =
      Set.of("currency", "cap", "totalCap", "payableAbove", "rounding");
  private static final List<String> ROUNDINGS = List.of("half-up", "half-even", "down", "up");

  private CreditTerms() {}

  static Optional<Contract.Credits> read(YamlValue value) {
    return value.map(FIELDS).flatMap(CreditTerms::terms);
  }

  private static Optional<Contract.Credits> terms(YamlMap map) {
    Optional<Currency> currency = map.require("currency").flatMap(CreditTerms::currency);
    RoundingMode rounding =
        map.require("rounding")
            .flatMap(value -> value.oneOf(ROUNDINGS))
            .map(word -> RoundingMode.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT)))
            .orElse(RoundingMode.HALF_UP);
    BigDecimal cap = Quantity.decimal(map, "cap", "0", "100", "100");
    BigDecimal totalCap = Quantity.decimal(map, "totalCap", "0", "100", "100");
    BigDecimal payableAbove = Quantity.decimal(map, "payableAbove", "0", "1000000", "0");
    return currency.map(
        known -> new Contract.Credits(known, cap, totalCap, payableAbove, rounding));
  }

  private static Optional<Currency> currency(YamlValue value) {
    Optional<String> text = value.text();
    Optional<Currency> found =
        Currency.getAvailableCurrencies().stream()
            .filter(each -> each.getCurrencyCode().equals(text.orElse("")))
            .findFirst();
    if (text.isPresent() && found.isEmpty()) {
      value.refuse("currency", "'" + text.get() + "' is no ISO 4217 code such as EUR");
    }
    return found;
  }
}
