// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.Budgeting.Timeslices;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.CompositeIndicator.Component;
import dev.nines.objectives.Gate;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.ThresholdIndicator;
import dev.nines.objectives.TimeWindow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes SLOs as OpenSLO v1 in one way only. Each stands by itself: what it named stands in it, and
 * its policies are there, also where they were the workbook's. {@link OpenSlo} reads the same back.
 */
public final class SloWriter {

  private final Slo slo;
  private final List<Slo> all;

  private SloWriter(Slo slo, List<Slo> all) {
    this.slo = slo;
    this.all = all;
  }

  /**
   * One document for each; components stand in their composite's. Empty for none.
   *
   * @param slos with each composite all its components
   */
  public static String yaml(List<Slo> slos) {
    return slos.stream()
        .filter(slo -> !slo.id().isComponent())
        .map(slo -> YamlText.of(new SloWriter(slo, slos).object()))
        .collect(Collectors.joining("---\n"));
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", OpenSlo.VERSION);
    object.put("kind", "SLO");
    object.put("metadata", metadata());
    object.put("spec", spec());
    return object;
  }

  private Map<String, Object> metadata() {
    String name = slo.id().name();
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    if (!slo.displayName().equals(name)) {
      metadata.put("displayName", slo.displayName());
    }
    if (!slo.labels().isEmpty()) {
      Map<String, Object> labels = new TreeMap<>();
      slo.labels().forEach((key, value) -> labels.put(key, label(value)));
      metadata.put("labels", labels);
    }
    Map<String, Object> annotations = new TreeMap<>(annotations());
    if (!annotations.isEmpty()) {
      metadata.put("annotations", annotations);
    }
    return metadata;
  }

  /** A list may be longer than a text may be. */
  private static Object label(String value) {
    return value.length() <= Metadata.LABEL_MAX ? value : List.of(value.split(",", -1));
  }

  private Map<String, String> annotations() {
    Map<String, String> annotations = new LinkedHashMap<>();
    String burn =
        slo.policies().stream()
            .filter(policy -> !oneWindow(policy))
            .map(SloWriter::burn)
            .collect(Collectors.joining("; "));
    if (!burn.isEmpty() || slo.policies().isEmpty()) {
      annotations.put("burn", burn.isEmpty() ? AlertAnnotations.NO_BURN : burn);
    }
    if (slo.indicator() instanceof CompositeIndicator composite) {
      String kind = word(composite.kind());
      annotations.put(
          "composite", "kind=%s target=%s".formatted(kind, slo.target().toPlainString()));
    }
    if (slo.confidence().signum() > 0) {
      annotations.put("confidence", slo.confidence().toPlainString());
    }
    if (slo.minFailures() > 0) {
      annotations.put("min-failures", Long.toString(slo.minFailures()));
    }
    if (slo.missing() != Slo.Missing.NEUTRAL) {
      annotations.put("missing", word(slo.missing()));
    }
    if (!slo.groupBy().isEmpty()) {
      annotations.put("group", slo.groupBy());
    }
    if (slo.vanished() != Slo.Vanished.PAGE) {
      annotations.put("vanished", word(slo.vanished()));
    }
    if (slo.excludedGood()) {
      annotations.put("exclusions", "good");
    }
    Gate gate = slo.gate();
    if (gate != null) {
      annotations.put("gate", gate(gate));
    }
    return annotations.entrySet().stream()
        .collect(Collectors.toMap(entry -> Metadata.OURS + entry.getKey(), Map.Entry::getValue));
  }

  /** OpenSLO's own policies have one, the annotation's never do. */
  private static boolean oneWindow(BurnPolicy policy) {
    return policy.longWindow().equals(policy.shortWindow());
  }

  private static String burn(BurnPolicy policy) {
    String longWindow = DurationText.format(policy.longWindow());
    String severity = word(policy.severity());
    String unnamed = severity + "-" + longWindow;
    return "long=%s short=%s factor=%s severity=%s%s"
        .formatted(
            longWindow,
            DurationText.format(policy.shortWindow()),
            policy.factor().toPlainString(),
            severity,
            policy.name().equals(unnamed) ? "" : " name=" + policy.name());
  }

  private static String gate(Gate gate) {
    return "unmeasured=%s spent=%s burning=%s"
        .formatted(word(gate.unmeasured()), gate.spent().toPlainString(), word(gate.burning()));
  }

  private Map<String, Object> spec() {
    Map<String, Object> spec = new LinkedHashMap<>();
    if (!slo.description().isEmpty()) {
      spec.put("description", slo.description());
    }
    spec.put("service", slo.service());
    if (!(slo.indicator() instanceof CompositeIndicator)) {
      spec.put("indicator", indicator(slo.id().name(), slo.indicator()));
    }
    spec.put("timeWindow", List.of(window(slo.period())));
    spec.put("budgetingMethod", slo.budgeting().getClass().getSimpleName());
    spec.put(
        "objectives",
        slo.indicator() instanceof CompositeIndicator(var _, var components)
            ? components.stream().map(this::component).toList()
            : List.of(objective()));
    List<Map<String, Object>> policies =
        slo.policies().stream().filter(SloWriter::oneWindow).map(SloWriter::alertPolicy).toList();
    if (!policies.isEmpty()) {
      spec.put("alertPolicies", policies);
    }
    return spec;
  }

  private static Map<String, Object> window(TimeWindow period) {
    Map<String, Object> window = new LinkedHashMap<>();
    switch (period) {
      case RollingWindow(var length) -> {
        window.put("duration", DurationText.format(length));
        window.put("isRolling", true);
      }
      case CalendarWindow(var start, var length, var zone) -> {
        window.put("duration", length(length));
        window.put("isRolling", false);
        Map<String, Object> calendar = new LinkedHashMap<>();
        calendar.put("startTime", TimeWindowReader.START.format(start));
        calendar.put("timeZone", zone.getId());
        window.put("calendar", calendar);
      }
    }
    return window;
  }

  private static String length(Period length) {
    return length.toTotalMonths() > 0 ? length.toTotalMonths() + "M" : length.getDays() + "d";
  }

  private Map<String, Object> objective() {
    Map<String, Object> objective = new LinkedHashMap<>();
    putLimit(objective, slo.indicator());
    objective.put("target", slo.target());
    if (slo.budgeting() instanceof Timeslices slices) {
      objective.put("timeSliceTarget", slices.sliceTarget());
    }
    if (slo.budgeting() instanceof Sliced slices) {
      objective.put("timeSliceWindow", DurationText.format(slices.slice()));
    }
    return objective;
  }

  private Map<String, Object> component(Component component) {
    Slo part =
        all.stream()
            .filter(each -> each.id().name().equals(component.slo()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("without " + component.slo()));
    Map<String, Object> objective = new LinkedHashMap<>();
    if (!part.displayName().equals(component.slo())) {
      objective.put("displayName", part.displayName());
    }
    putLimit(objective, part.indicator());
    objective.put("target", part.target());
    if (component.weight().compareTo(BigDecimal.ONE) != 0) {
      objective.put("compositeWeight", component.weight());
    }
    String own = component.slo().substring(slo.id().name().length() + 1);
    objective.put("indicator", indicator(own, part.indicator()));
    return objective;
  }

  private static void putLimit(Map<String, Object> objective, Indicator indicator) {
    if (indicator instanceof ThresholdIndicator values) {
      objective.put("op", word(values.operator()));
      objective.put("value", values.value());
    }
  }

  private static Map<String, Object> indicator(String name, Indicator indicator) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("metadata", Map.of("name", name));
    object.put("spec", IndicatorWriter.sli(indicator));
    return object;
  }

  private static Map<String, Object> alertPolicy(BurnPolicy policy) {
    Map<String, Object> burn = new LinkedHashMap<>();
    burn.put("kind", "burnrate");
    burn.put("op", policy.orEqual() ? "gte" : "gt");
    burn.put("threshold", policy.factor());
    burn.put("lookbackWindow", DurationText.format(policy.longWindow()));
    if (policy.waits()) {
      burn.put("alertAfter", DurationText.format(Duration.ofSeconds(policy.afterSeconds())));
    }
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("severity", word(policy.severity()));
    condition.put("condition", burn);
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("alertWhenBreaching", true);
    spec.put("conditions", List.of(inline("AlertCondition", policy.name(), condition)));
    spec.put(
        "notificationTargets",
        List.of(inline("AlertNotificationTarget", "routes", Map.of("target", OtherKinds.ROUTES))));
    return inline("AlertPolicy", policy.name(), spec);
  }

  private static Map<String, Object> inline(String kind, String name, Map<String, Object> spec) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", kind);
    object.put("metadata", Map.of("name", name));
    object.put("spec", spec);
    return object;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
