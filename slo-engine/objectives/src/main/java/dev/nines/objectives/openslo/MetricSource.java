// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.Optional;
import java.util.Set;

/**
 * A metric source of a ratio.
 *
 * @param type {@link IndicatorReader#SPANS} or {@link IndicatorReader#METRICS}
 * @param spec selectors, of which the fields are those of the type
 */
record MetricSource(YamlValue type, YamlMap spec) {

  private static final Set<String> METRIC = Set.of("metricSource");
  private static final Set<String> SOURCE = Set.of("metricSourceRef", "type", "spec");

  /** Empty after at least one complaint. */
  static Optional<MetricSource> read(YamlValue metric) {
    Optional<YamlMap> source =
        metric
            .map(METRIC)
            .flatMap(map -> map.require("metricSource"))
            .flatMap(value -> value.map(SOURCE));
    if (source.isEmpty()) {
      return Optional.empty();
    }
    source
        .get()
        .refuseField(
            "metricSourceRef",
            "data sources are not supported yet: name type "
                + IndicatorReader.SPANS
                + " or "
                + IndicatorReader.METRICS);
    Optional<YamlValue> type = source.get().require("type");
    Optional<Set<String>> fields = type.flatMap(YamlValue::text).flatMap(MetricSource::fields);
    if (fields.isEmpty()) {
      type.ifPresent(MetricSource::foreign);
      return Optional.empty();
    }
    return source
        .get()
        .require("spec")
        .flatMap(spec -> spec.map(fields.get()))
        .map(spec -> new MetricSource(type.get(), spec));
  }

  boolean isOf(String wanted) {
    return type.scalar().equals(wanted);
  }

  /** Complains about the other one when it is not of the type of this one. */
  boolean sameType(MetricSource other) {
    if (!other.isOf(type.scalar())) {
      other.type.refuse("same-selection", "differs from total's " + type.scalar());
      return false;
    }
    return true;
  }

  private static Optional<Set<String>> fields(String type) {
    return switch (type) {
      case IndicatorReader.SPANS -> Optional.of(SpanIndicatorReader.FIELDS);
      case IndicatorReader.METRICS -> Optional.of(MetricIndicatorReader.FIELDS);
      default -> Optional.empty();
    };
  }

  private static void foreign(YamlValue type) {
    if (!type.scalar().isEmpty()) {
      type.refuse(
          "not-supported",
          "'"
              + type.scalar()
              + "' is not supported yet: only "
              + IndicatorReader.SPANS
              + " and "
              + IndicatorReader.METRICS
              + " are");
    }
  }
}
