// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.HistogramIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.Threshold;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a ratio over metrics: {@code total} selects series, {@code good} or {@code bad} selects
 * others or some of them, or {@code good} says up to which threshold a histogram's events are good.
 * What the second source leaves out of metric, service and attributes is as in total.
 */
final class MetricIndicatorReader {

  static final Set<String> FIELDS = Set.of("metric", "service", "attributes", "where", "threshold");

  private static final Pattern THRESHOLD =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)(ns|us|ms|s|m|h|d)?");
  private static final List<String> INHERITED = List.of("metric", "service", "attributes");

  private final YamlMap total;
  private final YamlMap part;
  private final boolean bad;

  private MetricIndicatorReader(YamlMap total, YamlMap part, boolean bad) {
    this.total = total;
    this.part = part;
    this.bad = bad;
  }

  /**
   * @param bad what {@code part} counts; else it is good
   * @return empty after at least one complaint
   */
  static Optional<Indicator> read(YamlMap total, YamlMap part, boolean bad) {
    return new MetricIndicatorReader(total, part, bad).indicator();
  }

  /** Of a metric whose values are asked for; empty after at least one complaint. */
  static Optional<MetricSelection> values(YamlMap spec) {
    spec.refuseField(
        "threshold", "divides a histogram: a thresholdMetric's is op and value of the objective");
    return selection(spec, Optional.empty());
  }

  private Optional<Indicator> indicator() {
    total.refuseField("threshold", "belongs to the good source");
    Optional<MetricSelection> all = selection(total, Optional.empty());
    return part.has("threshold") ? histogram(all) : all.flatMap(this::counters);
  }

  private Optional<Indicator> histogram(Optional<MetricSelection> all) {
    if (bad) {
      part.refuseField("threshold", "belongs to a good source: at or below it is good");
    }
    part.refuseField("where", "stands beside threshold: write it in total");
    Optional<Threshold> threshold =
        part.require("threshold").flatMap(MetricIndicatorReader::threshold);
    all.ifPresent(this::same);
    return all.flatMap(
        selection -> threshold.map(limit -> new HistogramIndicator(selection, limit)));
  }

  private Optional<Indicator> counters(MetricSelection all) {
    Optional<MetricSelection> some = selection(part, Optional.of(all));
    if (some.isPresent() && some.get().equals(all)) {
      part.refuse(
          "metric", "same-selection", "selects the same as total: name another metric, or where");
      return Optional.empty();
    }
    return some.map(
        selection ->
            new CounterIndicator(
                all, selection, bad ? CounterIndicator.Part.BAD : CounterIndicator.Part.GOOD));
  }

  private static Optional<MetricSelection> selection(
      YamlMap spec, Optional<MetricSelection> inherited) {
    if (inherited.isEmpty() && spec.require("metric").isEmpty()) {
      return Optional.empty();
    }
    Optional<List<SpanPredicate.Attribute>> where =
        spec.has("where")
            ? spec.get("where").flatMap(MetricIndicatorReader::where)
            : Optional.of(List.of());
    Attributes attributes = Attributes.read(spec);
    MetricSelection own =
        new MetricSelection(
            SelectorFields.text(spec, "metric"),
            SelectorFields.text(spec, "service"),
            attributes.equal(),
            where.orElse(List.of()),
            attributes.matchers());
    if (own.metric().isEmpty() && spec.has("metric")) {
      spec.get("metric").ifPresent(value -> value.refuse("required", "names no metric"));
    }
    return where.map(found -> inherited.map(all -> merged(spec, own, all)).orElse(own));
  }

  private static MetricSelection merged(YamlMap spec, MetricSelection own, MetricSelection all) {
    return new MetricSelection(
        spec.has("metric") ? own.metric() : all.metric(),
        spec.has("service") ? own.service() : all.service(),
        spec.has("attributes") ? own.attributes() : all.attributes(),
        own.where(),
        spec.has("attributes") ? own.matchers() : all.matchers());
  }

  private static Optional<List<SpanPredicate.Attribute>> where(YamlValue value) {
    Optional<SpanPredicate> predicate = SelectorFields.predicate(value);
    if (predicate.isEmpty()) {
      return Optional.empty();
    }
    List<SpanPredicate> conditions =
        predicate.get() instanceof SpanPredicate.AnyOf(var any) ? any : List.of(predicate.get());
    List<SpanPredicate.Attribute> attributes = new ArrayList<>();
    for (SpanPredicate condition : conditions) {
      if (condition instanceof SpanPredicate.Attribute attribute) {
        attributes.add(attribute);
      }
    }
    if (attributes.size() < conditions.size()) {
      value.refuse(
          "predicate",
          "has 'and' or a condition on spans: of points attributes alone are asked, joined by 'or'");
      return Optional.empty();
    }
    return Optional.of(attributes);
  }

  private static Optional<Threshold> threshold(YamlValue value) {
    Optional<String> text =
        value.matching(
            THRESHOLD,
            "threshold",
            "is no threshold: a number, and one of ns us ms s m h d where it is a time");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = THRESHOLD.matcher(text.get());
    if (!matcher.matches() || new BigDecimal(matcher.group(1)).signum() == 0) {
      value.refuse("threshold", "must be above 0");
      return Optional.empty();
    }
    String unit = matcher.group(2);
    return Optional.of(new Threshold(new BigDecimal(matcher.group(1)), unit == null ? "" : unit));
  }

  /** A threshold divides the events of total: the good source selects nothing else. */
  private void same(MetricSelection all) {
    Optional<MetricSelection> repeated = selection(part, Optional.of(all));
    for (String field : INHERITED) {
      Object ours = repeated.map(selection -> of(selection, field)).orElse("");
      Object theirs = of(all, field);
      if (part.has(field) && !ours.equals(theirs)) {
        part.get(field)
            .ifPresent(
                value ->
                    value.refuse(
                        "same-selection",
                        "differs from total's "
                            + (theirs.equals("") ? "(none)" : theirs)
                            + ": a threshold divides the events of total"));
      }
    }
  }

  private static Object of(MetricSelection selection, String field) {
    return switch (field) {
      case "metric" -> selection.metric();
      case "service" -> selection.service();
      default -> new Attributes(selection.attributes(), selection.matchers());
    };
  }
}
