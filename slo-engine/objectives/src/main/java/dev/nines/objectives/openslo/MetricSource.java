// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.Optional;
import java.util.Set;

/**
 * A metric source of a ratio.
 *
 * @param type {@link IndicatorReader#SPANS} or {@link IndicatorReader#METRICS}
 * @param place where it says so, or names a data source that does
 * @param spec selectors, of which the fields are those of the type
 */
record MetricSource(String type, YamlValue place, YamlMap spec) {

  private static final Set<String> METRIC = Set.of("metricSource");
  private static final Set<String> SOURCE = Set.of("metricSourceRef", "type", "spec");

  /** Empty after at least one complaint. */
  static Optional<MetricSource> read(YamlValue metric, Library library) {
    Optional<YamlMap> source =
        metric
            .map(METRIC)
            .flatMap(map -> map.require("metricSource"))
            .flatMap(value -> value.map(SOURCE));
    if (source.isEmpty()) {
      return Optional.empty();
    }
    boolean named = source.get().has("metricSourceRef");
    Optional<YamlValue> place =
        named ? source.get().get("metricSourceRef") : source.get().require("type");
    Optional<String> type =
        named ? typeOfDataSource(source.get(), library) : place.flatMap(YamlValue::text);
    Optional<Set<String>> fields = type.flatMap(MetricSource::fields);
    if (type.isPresent() && fields.isEmpty()) {
      foreign(place.orElseThrow(), type.get());
    }
    return fields
        .flatMap(known -> source.get().require("spec").flatMap(spec -> spec.map(known)))
        .map(spec -> new MetricSource(type.orElseThrow(), place.orElseThrow(), spec));
  }

  /** A type beside the reference must be the same. */
  private static Optional<String> typeOfDataSource(YamlMap source, Library library) {
    Optional<String> type =
        source
            .get("metricSourceRef")
            .flatMap(reference -> library.named("DataSource", reference))
            .flatMap(object -> object.get("spec"))
            .flatMap(spec -> spec.silently().anyMap())
            .flatMap(spec -> spec.get("type"))
            .map(YamlValue::scalar);
    source
        .get("type")
        .filter(own -> type.isPresent() && !own.scalar().equals(type.get()))
        .ifPresent(own -> own.refuse("contradiction", "the data source has type " + type.get()));
    return type;
  }

  boolean isOf(String wanted) {
    return type.equals(wanted);
  }

  /** Complains about the other one when it is not of the type of this one. */
  boolean sameType(MetricSource other) {
    if (!other.isOf(type)) {
      other.place.refuse("same-selection", "differs from total's " + type);
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

  private static void foreign(YamlValue place, String type) {
    place.refuse(
        "not-supported",
        "'%s' is not supported: only %s and %s are"
            .formatted(type, IndicatorReader.SPANS, IndicatorReader.METRICS));
  }
}
