// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Kinds of OpenSLO v1 beside SLO: checked whether an SLO names them or not. */
final class OtherKinds {

  static final List<String> ALL =
      List.of(
          "Service",
          "SLI",
          "DataSource",
          "AlertPolicy",
          "AlertCondition",
          "AlertNotificationTarget");

  /** A target that says what is so anyway; OpenSLO wants one in each policy. */
  static final String ROUTES = "nines/routes";

  private final Library library;

  OtherKinds(Library library) {
    this.library = library;
  }

  void check(String kind, YamlMap object) {
    switch (kind) {
      case "Service" -> {
        Metadata.read(object);
        spec(object, "description");
      }
      case "DataSource" -> dataSource(object);
      case "SLI" -> sli(object);
      case "AlertPolicy" -> new AlertPolicyReader(library).policies(object);
      case "AlertCondition" -> new AlertPolicyReader(library).condition(object, "");
      default -> target(object);
    }
  }

  /** After all objects were read. */
  void noteUnused() {
    for (String kind : ALL.subList(1, ALL.size())) {
      library.forEachUnnamed(
          kind, object -> object.self().note("unused", kind + " is named by nothing here"));
    }
  }

  /** How it tells; empty after a complaint. */
  static Optional<String> target(YamlMap object) {
    Metadata.read(object);
    return spec(object, "description", "target").flatMap(spec -> text(spec, "target"));
  }

  private static void dataSource(YamlMap object) {
    Metadata.read(object);
    spec(object, "description", "type", "connectionDetails")
        .ifPresent(
            spec -> {
              text(spec, "type");
              spec.require("connectionDetails");
            });
  }

  /** What its source means is asked where an SLO names it: it may be another platform's. */
  private static void sli(YamlMap object) {
    Metadata.read(object);
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

  private static Optional<YamlMap> spec(YamlMap object, String... fields) {
    Optional<YamlMap> spec = object.require("spec").flatMap(value -> value.map(Set.of(fields)));
    spec.flatMap(map -> map.get("description"))
        .ifPresent(value -> value.text(SloReader.DESCRIPTION_MAX));
    return spec;
  }

  private static Optional<String> text(YamlMap map, String field) {
    return map.require(field).flatMap(YamlValue::text);
  }
}
