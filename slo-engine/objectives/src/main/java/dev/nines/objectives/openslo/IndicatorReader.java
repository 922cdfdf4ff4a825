// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an inline SLI of a ratio over spans: {@code total} selects, {@code bad} says which of them
 * are bad. The bad source may repeat the selection; it must then be the same.
 */
final class IndicatorReader {

  static final String SPANS = "nines/spans";

  private static final Set<String> INDICATOR = Set.of("metadata", "spec");
  private static final Set<String> SLI = Set.of("description", "thresholdMetric", "ratioMetric");
  private static final Set<String> RATIO =
      Set.of("counter", "total", "good", "bad", "raw", "rawType");
  private static final Set<String> METRIC = Set.of("metricSource");
  private static final Set<String> SOURCE = Set.of("metricSourceRef", "type", "spec");
  private static final Set<String> SELECTION =
      Set.of("service", "operation", "kind", "attributes", "bad");
  private static final List<String> KINDS =
      List.of("server", "client", "internal", "producer", "consumer");
  private static final int TEXT_MAX = 255;
  private static final int ATTRIBUTES_MAX = 16;
  private static final int BAD_MAX = 2_000;

  private record Selection(
      String service, String operation, String kind, Map<String, String> attributes) {

    boolean all() {
      return service.isEmpty() && operation.isEmpty() && kind.isEmpty() && attributes.isEmpty();
    }
  }

  private IndicatorReader() {}

  /** Empty after at least one complaint. */
  static Optional<SpanIndicator> read(YamlValue indicator) {
    Optional<YamlMap> fields = indicator.map(INDICATOR);
    fields.ifPresent(Metadata::read);
    Optional<YamlMap> sli =
        fields.flatMap(map -> map.require("spec")).flatMap(spec -> spec.map(SLI));
    if (sli.isEmpty()) {
      return Optional.empty();
    }
    sli.get()
        .get("thresholdMetric")
        .ifPresent(
            value ->
                value.refuse(
                    "not-supported", "is not supported yet: write a ratioMetric of " + SPANS));
    if (sli.get().has("thresholdMetric")) {
      return Optional.empty();
    }
    return sli.get().require("ratioMetric").flatMap(IndicatorReader::ratio);
  }

  private static Optional<SpanIndicator> ratio(YamlValue value) {
    Optional<YamlMap> fields = value.map(RATIO);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    YamlMap ratio = fields.get();
    ratio.get("counter").ifPresent(YamlValue::bool);
    refuse(ratio, "raw", "raw ratios are not supported yet: write total and bad");
    refuse(ratio, "rawType", "raw ratios are not supported yet: write total and bad");
    refuse(ratio, "good", "write bad instead: spans that are not bad are good");
    Optional<YamlMap> total = ratio.require("total").flatMap(IndicatorReader::source);
    Optional<YamlMap> bad = ratio.require("bad").flatMap(IndicatorReader::source);
    total.ifPresent(spec -> refuse(spec, "bad", "belongs to the bad source"));
    Optional<Selection> selection = total.map(IndicatorReader::selection);
    Optional<SpanPredicate> predicate = bad.flatMap(IndicatorReader::predicate);
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
                selection.get().attributes(),
                condition));
  }

  /** The {@code spec} of a metric source over spans. */
  private static Optional<YamlMap> source(YamlValue metric) {
    Optional<YamlMap> source =
        metric
            .map(METRIC)
            .flatMap(map -> map.require("metricSource"))
            .flatMap(value -> value.map(SOURCE));
    if (source.isEmpty()) {
      return Optional.empty();
    }
    refuse(
        source.get(), "metricSourceRef", "data sources are not supported yet: name type " + SPANS);
    Optional<String> type = source.get().require("type").flatMap(YamlValue::text);
    if (type.isPresent() && !type.get().equals(SPANS)) {
      source.get().get("type").ifPresent(value -> foreignType(value, type.get()));
      return Optional.empty();
    }
    return source.get().require("spec").flatMap(spec -> spec.map(SELECTION));
  }

  private static void foreignType(YamlValue value, String type) {
    value.refuse("not-supported", "'" + type + "' is not supported yet: only " + SPANS + " is");
  }

  private static Selection selection(YamlMap spec) {
    return new Selection(
        text(spec, "service"),
        text(spec, "operation"),
        spec.get("kind").flatMap(value -> value.oneOf(KINDS)).orElse(""),
        spec.get("attributes").map(IndicatorReader::attributes).orElse(Map.of()));
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

  private static Optional<SpanPredicate> predicate(YamlMap spec) {
    return spec.require("bad")
        .flatMap(
            value ->
                value
                    .text(BAD_MAX)
                    .flatMap(
                        text ->
                            PredicateParser.parse(
                                text,
                                (offset, message) ->
                                    value.refuseAt(offset, "predicate", message))));
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

  private static void refuse(YamlMap map, String field, String message) {
    map.get(field).ifPresent(value -> value.refuse("not-supported", message));
  }

  private static String text(YamlMap map, String field) {
    return map.get(field).flatMap(value -> value.text(TEXT_MAX)).orElse("");
  }
}
