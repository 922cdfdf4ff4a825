// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Indicator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an SLI: a ratio whose total names what it counts, spans or metrics. */
final class IndicatorReader {

  static final String SPANS = "nines/spans";
  static final String METRICS = "nines/metrics";

  private static final Set<String> INDICATOR = Set.of("metadata", "spec");
  private static final Set<String> SLI = Set.of("description", "thresholdMetric", "ratioMetric");
  private static final Set<String> RATIO =
      Set.of("counter", "total", "good", "bad", "raw", "rawType");
  private static final List<String> PARTS = List.of("good", "bad");

  private final Library library;

  IndicatorReader(Library library) {
    this.library = library;
  }

  /** Empty after at least one complaint. */
  Optional<Indicator> read(YamlValue indicator) {
    return indicator.map(INDICATOR, Set.of("apiVersion", "kind")).flatMap(this::sli);
  }

  /** Of an SLI object, or one that stands in the SLO. */
  Optional<Indicator> sli(YamlMap object) {
    Metadata.read(object);
    Optional<YamlMap> sli = object.require("spec").flatMap(spec -> spec.map(SLI));
    if (sli.isEmpty()) {
      return Optional.empty();
    }
    sli.get()
        .get("thresholdMetric")
        .ifPresent(
            value ->
                value.refuse(
                    "not-supported",
                    "is not supported yet: write a ratioMetric of "
                        + METRICS
                        + " whose good has a threshold, or of "
                        + SPANS));
    if (sli.get().has("thresholdMetric")) {
      return Optional.empty();
    }
    return sli.get().require("ratioMetric").flatMap(this::ratio);
  }

  private Optional<Indicator> ratio(YamlValue value) {
    Optional<YamlMap> fields = value.map(RATIO);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    YamlMap ratio = fields.get();
    ratio.get("counter").ifPresent(YamlValue::bool);
    ratio.refuseField("raw", "raw ratios are not supported yet: write total and bad");
    ratio.refuseField("rawType", "raw ratios are not supported yet: write total and bad");
    Optional<MetricSource> total = ratio.require("total").flatMap(this::source);
    boolean metrics = total.isPresent() && total.get().isOf(METRICS);
    return metrics ? ofMetrics(ratio, total.get()) : ofSpans(ratio, total);
  }

  private Optional<Indicator> ofMetrics(YamlMap ratio, MetricSource total) {
    Optional<YamlValue> written = part(ratio);
    Optional<MetricSource> part = written.flatMap(this::source).filter(total::sameType);
    return part.flatMap(
        source -> MetricIndicatorReader.read(total.spec(), source.spec(), ratio.has("bad")));
  }

  /** Exactly one of good and bad. */
  private static Optional<YamlValue> part(YamlMap ratio) {
    List<String> parts = PARTS.stream().filter(ratio::has).toList();
    if (parts.size() != 1) {
      ratio.refuse(
          "bad",
          "exactly-one",
          parts.isEmpty() ? "is required, or good" : "stands beside good; write one");
      return Optional.empty();
    }
    return ratio.get(parts.getFirst());
  }

  private Optional<Indicator> ofSpans(YamlMap ratio, Optional<MetricSource> total) {
    Optional<MetricSource> part = part(ratio).flatMap(this::source);
    if (total.isPresent()) {
      part = part.filter(total.get()::sameType);
    }
    return SpanIndicatorReader.read(
        total.map(MetricSource::spec),
        part.map(MetricSource::spec),
        ratio.has("bad") ? "bad" : "good");
  }

  private Optional<MetricSource> source(YamlValue metric) {
    return MetricSource.read(metric, library);
  }
}
