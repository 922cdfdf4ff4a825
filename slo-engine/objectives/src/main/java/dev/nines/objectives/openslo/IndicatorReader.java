// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Indicator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an inline SLI: a ratio whose total names what it counts, spans or metrics. */
final class IndicatorReader {

  static final String SPANS = "nines/spans";
  static final String METRICS = "nines/metrics";

  private static final Set<String> INDICATOR = Set.of("metadata", "spec");
  private static final Set<String> SLI = Set.of("description", "thresholdMetric", "ratioMetric");
  private static final Set<String> RATIO =
      Set.of("counter", "total", "good", "bad", "raw", "rawType");
  private static final List<String> PARTS = List.of("good", "bad");

  private IndicatorReader() {}

  /** Empty after at least one complaint. */
  static Optional<Indicator> read(YamlValue indicator) {
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
                    "not-supported",
                    "is not supported yet: write a ratioMetric of "
                        + METRICS
                        + " whose good has a threshold, or of "
                        + SPANS));
    if (sli.get().has("thresholdMetric")) {
      return Optional.empty();
    }
    return sli.get().require("ratioMetric").flatMap(IndicatorReader::ratio);
  }

  private static Optional<Indicator> ratio(YamlValue value) {
    Optional<YamlMap> fields = value.map(RATIO);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    YamlMap ratio = fields.get();
    ratio.get("counter").ifPresent(YamlValue::bool);
    ratio.refuseField("raw", "raw ratios are not supported yet: write total and bad");
    ratio.refuseField("rawType", "raw ratios are not supported yet: write total and bad");
    Optional<MetricSource> total = ratio.require("total").flatMap(MetricSource::read);
    boolean metrics = total.isPresent() && total.get().isOf(METRICS);
    return metrics ? ofMetrics(ratio, total.get()) : ofSpans(ratio, total);
  }

  private static Optional<Indicator> ofMetrics(YamlMap ratio, MetricSource total) {
    List<String> parts = PARTS.stream().filter(ratio::has).toList();
    if (parts.size() != 1) {
      ratio.refuse(
          "bad",
          "exactly-one",
          parts.isEmpty() ? "is required, or good" : "stands beside good; write one");
      return Optional.empty();
    }
    Optional<MetricSource> part =
        ratio.require(parts.getFirst()).flatMap(MetricSource::read).filter(total::sameType);
    return part.flatMap(
        source ->
            MetricIndicatorReader.read(
                total.spec(), source.spec(), parts.getFirst().equals("bad")));
  }

  private static Optional<Indicator> ofSpans(YamlMap ratio, Optional<MetricSource> total) {
    ratio.refuseField("good", "write bad instead: spans that are not bad are good");
    Optional<MetricSource> bad = ratio.require("bad").flatMap(MetricSource::read);
    if (total.isPresent()) {
      bad = bad.filter(total.get()::sameType);
    }
    return SpanIndicatorReader.read(total.map(MetricSource::spec), bad.map(MetricSource::spec));
  }
}
