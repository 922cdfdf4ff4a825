// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.SpanPredicate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Fields that selectors of spans and of metrics share. */
final class SelectorFields {

  private static final int TEXT_MAX = 255;
  private static final int ATTRIBUTES_MAX = 16;
  static final int PREDICATE_MAX = 2_000;

  private SelectorFields() {}

  /** Empty where the field is absent. */
  static String text(YamlMap map, String field) {
    return map.get(field).flatMap(value -> value.text(TEXT_MAX)).orElse("");
  }

  static Map<String, String> attributes(YamlMap map) {
    return map.get("attributes").map(SelectorFields::attributes).orElse(Map.of());
  }

  static Optional<SpanPredicate> predicate(YamlValue value) {
    return value
        .text(PREDICATE_MAX)
        .flatMap(
            text ->
                PredicateParser.parse(
                    text, (offset, message) -> value.refuseAt(offset, "predicate", message)));
  }

  private static Map<String, String> attributes(YamlValue value) {
    Map<String, String> attributes = new LinkedHashMap<>();
    value
        .anyMap()
        .ifPresent(
            map ->
                map.fields()
                    .forEach(
                        (key, text) ->
                            text.text(TEXT_MAX).ifPresent(found -> attributes.put(key, found))));
    if (attributes.size() > ATTRIBUTES_MAX) {
      value.refuse(
          "length",
          "has " + attributes.size() + " attributes; at most " + ATTRIBUTES_MAX + " may be");
    }
    return attributes;
  }
}
