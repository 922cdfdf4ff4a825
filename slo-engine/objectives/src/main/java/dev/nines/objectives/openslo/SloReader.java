// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.Slo;
import dev.nines.objectives.TimeWindow;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code spec} of an SLO. */
final class SloReader {

  static final int DESCRIPTION_MAX = 1_050;

  private static final Set<String> SPEC =
      Set.of(
          "description",
          "service",
          "indicator",
          "indicatorRef",
          "timeWindow",
          "budgetingMethod",
          "objectives",
          "alertPolicies");

  private final YamlMap object;

  private SloReader(YamlMap object) {
    this.object = object;
  }

  /** Empty after at least one complaint. */
  static Optional<SloDefinition> read(YamlMap object) {
    return new SloReader(object).definition();
  }

  private Optional<SloDefinition> definition() {
    Findings findings = object.self().findings();
    int before = findings.count();
    Optional<Metadata> metadata = Metadata.read(object);
    Optional<YamlMap> fields = object.require("spec").flatMap(value -> value.map(SPEC));
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    YamlMap spec = fields.get();
    Optional<String> service = spec.require("service").flatMap(value -> value.text(255));
    Optional<String> description =
        spec.get("description").flatMap(value -> value.text(DESCRIPTION_MAX));
    Optional<Indicator> indicator = indicator(spec);
    Optional<TimeWindow> period = spec.require("timeWindow").flatMap(TimeWindowReader::read);
    method(spec);
    alertPolicies(spec);
    Optional<BigDecimal> target = spec.require("objectives").flatMap(ObjectiveReader::target);
    AlertAnnotations alerts =
        new AlertAnnotations(metadata.map(Metadata::annotations).orElse(Map.of()));
    List<BurnPolicy> policies = alerts.policies(target, period.map(TimeWindow::shortest));
    BigDecimal confidence = alerts.confidence();
    String groupBy = alerts.groupBy();
    Slo.Vanished vanished = alerts.vanished();
    Slo.Missing missing = alerts.missing(vanished);
    if (findings.count() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new SloDefinition(
            findings.file() + ":" + (object.self().line() + 1),
            metadata.orElseThrow().name(),
            service.orElseThrow(),
            metadata.orElseThrow().displayName(),
            description.orElse(""),
            metadata.orElseThrow().labels(),
            indicator.orElseThrow(),
            target.orElseThrow(),
            period.orElseThrow(),
            policies,
            confidence,
            missing,
            groupBy,
            vanished));
  }

  private static Optional<Indicator> indicator(YamlMap spec) {
    spec.get("indicatorRef")
        .ifPresent(
            value ->
                value.refuse("not-supported", "is not supported yet: write the indicator inline"));
    if (spec.has("indicatorRef") && !spec.has("indicator")) {
      return Optional.empty();
    }
    return spec.require("indicator").flatMap(IndicatorReader::read);
  }

  private static void method(YamlMap spec) {
    Optional<YamlValue> value = spec.require("budgetingMethod");
    Optional<String> method =
        value.flatMap(
            field -> field.oneOf(List.of("Occurrences", "Timeslices", "RatioTimeslices")));
    if (method.isPresent() && !method.get().equals("Occurrences")) {
      value
          .get()
          .refuse("not-supported", method.get() + " is not supported yet: only Occurrences is");
    }
  }

  private static void alertPolicies(YamlMap spec) {
    spec.get("alertPolicies")
        .filter(value -> value.list().map(items -> !items.isEmpty()).orElse(false))
        .ifPresent(
            value ->
                value.refuse(
                    "not-supported", "are not supported yet: write the annotation nines.dev/burn"));
  }
}
