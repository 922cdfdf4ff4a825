// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.CounterIndicator.Part;
import dev.nines.objectives.HistogramIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.RawIndicator;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.Threshold;
import dev.nines.objectives.ThresholdIndicator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes the {@code spec} of an SLI: what {@link IndicatorReader} reads. */
final class IndicatorWriter {

  private IndicatorWriter() {}

  /** A {@code thresholdMetric}'s operator and value stand in the objective. */
  static Map<String, Object> sli(Indicator indicator) {
    return switch (indicator) {
      case SpanIndicator spans -> {
        boolean bad = PredicateText.has(spans.bad());
        String part = bad ? "bad" : "good";
        String text = PredicateText.of(bad ? spans.bad() : spans.bad().negated());
        yield ratio(IndicatorReader.SPANS, total(spans), part, Map.of(part, text));
      }
      case CounterIndicator(var total, var part, var partIs) ->
          ratio(
              IndicatorReader.METRICS,
              selection(total),
              partIs == Part.GOOD ? "good" : "bad",
              difference(total, part));
      case HistogramIndicator(var selection, var threshold) ->
          ratio(
              IndicatorReader.METRICS,
              selection(selection),
              "good",
              Map.of("threshold", threshold(threshold)));
      case RawIndicator(var selection, var rawType) -> {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("raw", source(IndicatorReader.METRICS, selection(selection)));
        raw.put("rawType", rawType.name().toLowerCase(Locale.ROOT));
        yield Map.of("ratioMetric", raw);
      }
      case ThresholdIndicator values ->
          Map.of("thresholdMetric", source(IndicatorReader.METRICS, selection(values.selection())));
      case CompositeIndicator composite ->
          throw new IllegalArgumentException("no ratio: " + composite.names());
    };
  }

  private static Map<String, Object> ratio(
      String type, Map<String, Object> total, String partIs, Map<String, Object> part) {
    Map<String, Object> ratio = new LinkedHashMap<>();
    ratio.put("counter", true);
    ratio.put("total", source(type, total));
    ratio.put(partIs, source(type, part));
    return Map.of("ratioMetric", ratio);
  }

  private static Map<String, Object> source(String type, Map<String, Object> spec) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("type", type);
    source.put("spec", spec);
    return Map.of("metricSource", source);
  }

  private static Map<String, Object> total(SpanIndicator spans) {
    Map<String, Object> spec = new LinkedHashMap<>();
    put(spec, "service", spans.service());
    put(spec, "operation", spans.operation());
    put(spec, "kind", spans.kind());
    put(spec, new Attributes(spans.attributes(), spans.matchers()));
    return spec;
  }

  private static Map<String, Object> selection(MetricSelection selection) {
    Map<String, Object> spec = new LinkedHashMap<>();
    put(spec, "metric", selection.metric());
    put(spec, "service", selection.service());
    put(spec, attributes(selection));
    where(spec, selection);
    return spec;
  }

  /** What is left out is as in total; what is there and empty selects all. */
  private static Map<String, Object> difference(MetricSelection total, MetricSelection part) {
    Map<String, Object> spec = new LinkedHashMap<>();
    if (!part.metric().equals(total.metric())) {
      spec.put("metric", part.metric());
    }
    if (!part.service().equals(total.service())) {
      spec.put("service", part.service());
    }
    if (!attributes(part).equals(attributes(total))) {
      spec.put("attributes", attributes(part).yaml());
    }
    where(spec, part);
    return spec;
  }

  private static void where(Map<String, Object> spec, MetricSelection selection) {
    if (!selection.where().isEmpty()) {
      spec.put("where", PredicateText.ofAttributes(selection.where()));
    }
  }

  private static Object threshold(Threshold threshold) {
    return threshold.unit().isEmpty()
        ? threshold.value()
        : threshold.value().toPlainString() + threshold.unit();
  }

  private static void put(Map<String, Object> spec, String field, String text) {
    if (!text.isEmpty()) {
      spec.put(field, text);
    }
  }

  private static void put(Map<String, Object> spec, Attributes attributes) {
    if (!attributes.equals(Attributes.NONE)) {
      spec.put("attributes", attributes.yaml());
    }
  }

  private static Attributes attributes(MetricSelection selection) {
    return new Attributes(selection.attributes(), selection.matchers());
  }
}
