// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.SpanPredicate;
import java.util.Optional;

/** Fields that selectors of spans and of metrics share. */
final class SelectorFields {

  private static final int TEXT_MAX = 255;
  static final int PREDICATE_MAX = 2_000;

  private SelectorFields() {}

  /** Empty where the field is absent. */
  static String text(YamlMap map, String field) {
    return map.get(field).flatMap(value -> value.text(TEXT_MAX)).orElse("");
  }

  static Optional<SpanPredicate> predicate(YamlValue value) {
    return value
        .text(PREDICATE_MAX)
        .flatMap(
            text ->
                PredicateParser.parse(
                    text, (offset, message) -> value.refuseAt(offset, "predicate", message)));
  }
}
