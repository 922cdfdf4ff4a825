// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Kinds of OpenSLO v1 that are checked and then not used. */
final class OtherKinds {

  static final List<String> ALL =
      List.of(
          "Service",
          "SLI",
          "DataSource",
          "AlertPolicy",
          "AlertCondition",
          "AlertNotificationTarget");

  private static final Pattern LOOKBACK = Pattern.compile("[1-9][0-9]{0,5}[mhdwMQY]");
  private static final Pattern AFTER = Pattern.compile("(0|[1-9][0-9]{0,5})[mhdwMQY]");
  private static final List<String> OPERATORS = List.of("lte", "gte", "lt", "gt");

  private OtherKinds() {}

  static void check(String kind, YamlMap object) {
    Metadata.read(object);
    switch (kind) {
      case "Service" -> spec(object, "description");
      case "DataSource" -> dataSource(object);
      case "SLI" -> sli(object);
      case "AlertPolicy" -> alertPolicy(object);
      case "AlertCondition" -> alertCondition(object);
      default -> spec(object, "description", "target").ifPresent(spec -> text(spec, "target"));
    }
    if (!kind.equals("Service")) {
      object.self().note("unused", kind + " is valid here but not used yet");
    }
  }

  private static void dataSource(YamlMap object) {
    spec(object, "description", "type", "connectionDetails")
        .ifPresent(
            spec -> {
              text(spec, "type");
              spec.require("connectionDetails");
            });
  }

  private static void sli(YamlMap object) {
    Optional<YamlMap> spec = spec(object, "description", "thresholdMetric", "ratioMetric");
    if (spec.isEmpty()) {
      return;
    }
    boolean ratio = spec.get().has("ratioMetric");
    if (ratio == spec.get().has("thresholdMetric")) {
      spec.get()
          .refuse("ratioMetric", "exactly-one", "exactly one of it and thresholdMetric must be");
    }
    spec.get()
        .get("ratioMetric")
        .flatMap(value -> value.map(Set.of("counter", "total", "good", "bad", "raw", "rawType")))
        .ifPresent(fields -> fields.get("counter").ifPresent(YamlValue::bool));
    spec.get()
        .get("thresholdMetric")
        .flatMap(value -> value.map(Set.of("metricSource")))
        .ifPresent(fields -> fields.require("metricSource"));
  }

  private static void alertPolicy(YamlMap object) {
    Optional<YamlMap> spec =
        spec(
            object,
            "description",
            "alertWhenNoData",
            "alertWhenResolved",
            "alertWhenBreaching",
            "conditions",
            "notificationTargets");
    if (spec.isEmpty()) {
      return;
    }
    for (String flag : List.of("alertWhenNoData", "alertWhenResolved", "alertWhenBreaching")) {
      spec.get().get(flag).ifPresent(YamlValue::bool);
    }
    spec.get().get("notificationTargets").ifPresent(YamlValue::list);
    Optional<YamlValue> conditions = spec.get().require("conditions");
    conditions
        .flatMap(YamlValue::list)
        .filter(items -> items.size() != 1)
        .ifPresent(
            items ->
                conditions
                    .get()
                    .refuse("exactly-one", "has " + items.size() + "; exactly one must be"));
  }

  private static void alertCondition(YamlMap object) {
    Optional<YamlMap> spec = spec(object, "description", "severity", "condition");
    spec.ifPresent(fields -> text(fields, "severity"));
    spec.flatMap(fields -> fields.require("condition"))
        .flatMap(
            value -> value.map(Set.of("kind", "op", "threshold", "lookbackWindow", "alertAfter")))
        .ifPresent(OtherKinds::condition);
  }

  private static void condition(YamlMap condition) {
    condition.get("kind").ifPresent(value -> value.oneOf(List.of("burnrate")));
    condition
        .require("op")
        .ifPresent(
            value ->
                value
                    .oneOf(OPERATORS)
                    .filter(op -> op.startsWith("lt"))
                    .ifPresent(
                        op ->
                            value.note(
                                "inverted", "'" + op + "' alerts while healthy; is gt meant?")));
    condition.require("threshold").ifPresent(YamlValue::number);
    condition
        .require("lookbackWindow")
        .ifPresent(value -> value.matching(LOOKBACK, "duration", "is no duration"));
    condition
        .get("alertAfter")
        .ifPresent(value -> value.matching(AFTER, "duration", "is no duration"));
  }

  private static Optional<YamlMap> spec(YamlMap object, String... fields) {
    Optional<YamlMap> spec = object.require("spec").flatMap(value -> value.map(Set.of(fields)));
    spec.flatMap(map -> map.get("description"))
        .ifPresent(value -> value.text(SloReader.DESCRIPTION_MAX));
    return spec;
  }

  private static void text(YamlMap map, String field) {
    map.require(field).ifPresent(YamlValue::text);
  }
}
