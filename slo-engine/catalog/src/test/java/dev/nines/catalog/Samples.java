// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.objectives.access.Principal;
import dev.nines.objectives.access.Principal.Right;
import dev.nines.objectives.openslo.OpenSlo;
import dev.nines.objectives.openslo.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** What several tests need. */
final class Samples {

  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  static final CatalogConfig CONFIG = CatalogConfig.withLead(Duration.ofSeconds(60));

  private Samples() {}

  static Principal admin(String tenant) {
    return new Principal(tenant, "ann", "", Set.of(Right.ADMINISTER));
  }

  static String yaml(String name, String service, String target) {
    return """
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: %s}
        spec:
          service: shop
          indicator:
            metadata: {name: failures}
            spec:
              ratioMetric:
                total: {metricSource: {type: nines/spans, spec: {service: %s}}}
                bad: {metricSource: {type: nines/spans, spec: {bad: status = error}}}
          timeWindow: [{duration: 30d, isRolling: true}]
          budgetingMethod: Occurrences
          objectives: [{target: %s}]
        """
        .formatted(name, service, target);
  }

  /**
   * A composite of two components, called as their services.
   *
   * @param annotation such as {@code kind=serial target=0.9}
   */
  static String composite(String name, String annotation, String first, String second) {
    return """
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: %s, annotations: {nines.dev/composite: '%s', nines.dev/gate: unmeasured=open}}
        spec:
          service: shop
          timeWindow: [{duration: 30d, isRolling: true}]
          budgetingMethod: Occurrences
          objectives:
        """
            .formatted(name, annotation)
        + component(first)
        + component(second);
  }

  private static String component(String service) {
    return """
            - target: 0.99
              indicator:
                metadata: {name: %s}
                spec:
                  ratioMetric:
                    total: {metricSource: {type: nines/spans, spec: {service: %s}}}
                    bad: {metricSource: {type: nines/spans, spec: {bad: status = error}}}
        """
        .formatted(service, service);
  }

  static Parsed slos(String... yaml) {
    Parsed parsed = OpenSlo.read("test", String.join("", yaml));
    if (!parsed.valid()) {
      throw new IllegalArgumentException(parsed.violations().toString());
    }
    return parsed;
  }

  /** A clock that a test moves. */
  static final class Clock implements InstantSource {
    private volatile Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }
}
