// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.RawIndicator;
import dev.nines.objectives.RawIndicator.RawType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an SLI: a ratio whose total names what it counts, spans or metrics, a raw ratio, or values
 * with a threshold.
 */
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
  Optional<Sli> read(YamlValue indicator) {
    return indicator.map(INDICATOR, Set.of("apiVersion", "kind")).flatMap(this::sli);
  }

  /** Of an SLI object, or one that stands in the SLO; empty where it does not say its kind. */
  Optional<Sli> sli(YamlMap object) {
    Metadata.read(object);
    Optional<YamlMap> fields = object.require("spec").flatMap(spec -> spec.map(SLI));
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    YamlMap sli = fields.get();
    Optional<YamlValue> threshold = sli.get("thresholdMetric");
    if (threshold.isEmpty()) {
      return sli.require("ratioMetric").map(this::ratio);
    }
    sli.get("ratioMetric")
        .ifPresent(value -> value.refuse("exactly-one", "stands beside thresholdMetric"));
    String instead =
        "is counted by a ratioMetric alone: write good: 'duration <= 500ms', which is the same";
    return threshold.map(value -> new Sli.Values(values(value, instead)));
  }

  /**
   * Series whose values are asked for.
   *
   * @param instead why not of spans, and what to write
   */
  private Optional<MetricSelection> values(YamlValue metric, String instead) {
    Optional<MetricSource> source = source(metric);
    if (source.isPresent() && source.get().isOf(SPANS)) {
      source.get().place().refuse("not-supported", instead);
      return Optional.empty();
    }
    return source.map(MetricSource::spec).flatMap(MetricIndicatorReader::values);
  }

  private Sli ratio(YamlValue value) {
    Optional<YamlMap> ratio = value.map(RATIO);
    boolean raw = ratio.filter(fields -> fields.has("raw") || fields.has("rawType")).isPresent();
    ratio.flatMap(fields -> fields.get("counter")).ifPresent(YamlValue::bool);
    return new Sli.Ratio(ratio.flatMap(raw ? this::raw : this::counted), raw);
  }

  private Optional<Indicator> counted(YamlMap ratio) {
    Optional<MetricSource> total = ratio.require("total").flatMap(this::source);
    boolean metrics = total.isPresent() && total.get().isOf(METRICS);
    return metrics ? ofMetrics(ratio, total.get()) : ofSpans(ratio, total);
  }

  private Optional<Indicator> raw(YamlMap ratio) {
    for (String field : List.of("total", "good", "bad")) {
      ratio.get(field).ifPresent(value -> value.refuse("exactly-one", "stands beside raw"));
    }
    Optional<RawType> type =
        ratio
            .require("rawType")
            .flatMap(value -> value.oneOf(List.of("success", "failure")))
            .map(word -> RawType.valueOf(word.toUpperCase(Locale.ROOT)));
    Optional<MetricSelection> selection =
        ratio
            .require("raw")
            .flatMap(
                value ->
                    values(value, "spans are counted one by one: write total and bad, or good"));
    return selection.flatMap(found -> type.map(is -> new RawIndicator(found, is)));
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
