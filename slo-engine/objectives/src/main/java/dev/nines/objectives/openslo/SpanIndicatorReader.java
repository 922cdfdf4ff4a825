// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Indicator;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a ratio over spans: {@code total} selects, {@code bad} says which of them are bad. The bad
 * source may repeat the selection; it must then be the same.
 */
final class SpanIndicatorReader {

  static final Set<String> FIELDS = Set.of("service", "operation", "kind", "attributes", "bad");

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

  /** Empty after at least one complaint, or when either is empty. */
  static Optional<Indicator> read(Optional<YamlMap> total, Optional<YamlMap> bad) {
    total.ifPresent(spec -> spec.refuseField("bad", "belongs to the bad source"));
    Optional<Selection> selection = total.map(SpanIndicatorReader::selection);
    Optional<SpanPredicate> predicate =
        bad.flatMap(spec -> spec.require("bad")).flatMap(SelectorFields::predicate);
    if (selection.isEmpty() || bad.isEmpty()) {
      return Optional.empty();
    }
    if (selection.get().all()) {
      total.get().refuse("service", "required", "selects every span: name at least one selector");
    }
    same(selection.get(), bad.get());
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

  private static void same(Selection total, YamlMap bad) {
    Selection repeated = selection(bad);
    differs(bad, "service", repeated.service(), total.service());
    differs(bad, "operation", repeated.operation(), total.operation());
    differs(bad, "kind", repeated.kind(), total.kind());
    differs(bad, "attributes", repeated.attributes(), total.attributes());
  }

  private static void differs(YamlMap bad, String field, Object repeated, Object total) {
    if (bad.has(field) && !repeated.equals(total)) {
      bad.get(field)
          .ifPresent(
              value ->
                  value.refuse(
                      "same-selection",
                      "differs from total's "
                          + (total.equals("") ? "(none)" : total)
                          + ": bad spans are some of the total's"));
    }
  }
}
