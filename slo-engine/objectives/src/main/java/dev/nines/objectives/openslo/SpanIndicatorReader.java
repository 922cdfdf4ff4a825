// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Indicator;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a ratio over spans: {@code total} selects, {@code bad} or {@code good} says which of them
 * are so; of all others it is the opposite. Its source may repeat the selection; it must then be
 * the same.
 */
final class SpanIndicatorReader {

  static final Set<String> FIELDS =
      Set.of("service", "operation", "kind", "attributes", "bad", "good");

  private static final List<String> KINDS =
      List.of("server", "client", "internal", "producer", "consumer");

  private record Selection(String service, String operation, String kind, Attributes attributes) {

    boolean all() {
      return service.isEmpty()
          && operation.isEmpty()
          && kind.isEmpty()
          && attributes.equals(Attributes.NONE);
    }
  }

  private SpanIndicatorReader() {}

  /**
   * @param partIs what the second source says: {@code bad} or {@code good}
   * @return empty after at least one complaint, or when either is empty
   */
  static Optional<Indicator> read(Optional<YamlMap> total, Optional<YamlMap> part, String partIs) {
    for (String field : List.of("bad", "good")) {
      total.ifPresent(spec -> spec.refuseField(field, "belongs to the source of " + field));
      part.filter(_ -> !field.equals(partIs))
          .ifPresent(spec -> spec.refuseField(field, "belongs to the source of " + field));
    }
    Optional<Selection> selection = total.map(SpanIndicatorReader::selection);
    Optional<SpanPredicate> predicate =
        part.flatMap(spec -> spec.require(partIs))
            .flatMap(SelectorFields::predicate)
            .map(written -> partIs.equals("good") ? written.negated() : written);
    if (selection.isEmpty() || part.isEmpty()) {
      return Optional.empty();
    }
    if (selection.get().all()) {
      total.get().refuse("service", "required", "selects every span: name at least one selector");
    }
    same(selection.get(), part.get(), partIs);
    return predicate.map(
        condition ->
            new SpanIndicator(
                selection.get().service(),
                selection.get().operation(),
                selection.get().kind(),
                selection.get().attributes().equal(),
                selection.get().attributes().matchers(),
                condition));
  }

  private static Selection selection(YamlMap spec) {
    return new Selection(
        SelectorFields.text(spec, "service"),
        SelectorFields.text(spec, "operation"),
        spec.get("kind").flatMap(value -> value.oneOf(KINDS)).orElse(""),
        Attributes.read(spec));
  }

  private static void same(Selection total, YamlMap part, String partIs) {
    Selection repeated = selection(part);
    differs(part, partIs, "service", repeated.service(), total.service());
    differs(part, partIs, "operation", repeated.operation(), total.operation());
    differs(part, partIs, "kind", repeated.kind(), total.kind());
    differs(part, partIs, "attributes", repeated.attributes(), total.attributes());
  }

  private static void differs(
      YamlMap part, String partIs, String field, Object repeated, Object total) {
    if (part.has(field) && !repeated.equals(total)) {
      part.get(field)
          .ifPresent(
              value ->
                  value.refuse(
                      "same-selection",
                      "differs from total's %s: %s spans are some of the total's"
                          .formatted(total.equals("") ? "(none)" : total, partIs)));
    }
  }
}
