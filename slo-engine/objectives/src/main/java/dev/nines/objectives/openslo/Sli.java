// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.ThresholdIndicator;
import dev.nines.objectives.ThresholdIndicator.Operator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An SLI as it is written; that of a {@code thresholdMetric} is whole with an objective only. */
sealed interface Sli {

  /**
   * As an objective completes it; complains about what the objective has too much or too little.
   *
   * @return empty after at least one complaint
   */
  Optional<Indicator> of(YamlMap objective);

  /**
   * Good or bad by itself.
   *
   * @param indicator empty after a complaint
   * @param raw has lost of how many events it is
   */
  record Ratio(Optional<Indicator> indicator, boolean raw) implements Sli {

    @Override
    public Optional<Indicator> of(YamlMap objective) {
      for (String field : List.of("op", "value")) {
        objective
            .get(field)
            .ifPresent(
                value ->
                    value.dialect("threshold-field", "means nothing for a ratio", "leaves it out"));
      }
      return indicator;
    }
  }

  /**
   * Values that an objective's {@code op} and {@code value} judge.
   *
   * @param selection empty after a complaint
   */
  record Values(Optional<MetricSelection> selection) implements Sli {

    private static final List<String> OPERATORS = List.of("lte", "gte", "lt", "gt");

    /** What is written must be read back: 18 digits before the point are. */
    private static final BigDecimal VALUE_END = BigDecimal.TEN.pow(18);

    private static final int DIGITS_MAX = 18;

    @Override
    public Optional<Indicator> of(YamlMap objective) {
      Optional<Operator> operator =
          objective
              .require("op")
              .flatMap(value -> value.oneOf(OPERATORS))
              .map(word -> Operator.valueOf(word.toUpperCase(Locale.ROOT)));
      Optional<BigDecimal> limit = objective.require("value").flatMap(Values::limit);
      if (selection.isEmpty() || operator.isEmpty() || limit.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(new ThresholdIndicator(selection.get(), operator.get(), limit.get()));
    }

    private static Optional<BigDecimal> limit(YamlValue value) {
      Optional<BigDecimal> number = value.number();
      if (number.isPresent() && number.get().abs().compareTo(VALUE_END) >= 0) {
        value.refuse("range", "has more than 18 digits before the point");
        return Optional.empty();
      }
      return number.flatMap(limit -> Quantity.digits(value, limit, DIGITS_MAX));
    }
  }
}
