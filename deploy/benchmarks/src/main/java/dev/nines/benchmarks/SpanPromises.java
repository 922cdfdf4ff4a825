// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.objectives.Generation;
import dev.nines.objectives.Slices;
import dev.nines.objectives.openslo.OpenSlo;
import dev.nines.objectives.openslo.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A hundred SLOs over the spans of {@code SpanBatch}, of the kinds that teams declare. Each of the
 * ten services has nine: one over all its spans, four over an operation each with a threshold, two
 * over an attribute with a comparison, one of the calls that it makes, one that divides its spans
 * by an attribute of a thousand values. Ten more select an operation of whatever service. A span is
 * asked by 19 of them, and some three count it.
 */
final class SpanPromises {

  static final int COUNT = 100;
  static final String TENANT = "default";

  /** Those that select all spans of a service are named so: each span is counted by one of them. */
  static final String WHOLE = "all-of-";

  private static final int SERVICES = 10;
  private static final int ANY_SERVICE = 10;
  private static final Duration BEFORE = Duration.ofHours(1);

  private final List<String> documents = new ArrayList<>();

  private SpanPromises() {}

  /** In force since an hour before. */
  static Generation at(Instant now) {
    SpanPromises promises = new SpanPromises();
    for (int service = 0; service < SERVICES; service++) {
      promises.addThoseOf(service);
    }
    for (int i = 0; i < ANY_SERVICE; i++) {
      promises.add(
          "any-" + i, "", "operation: GET /api/v1/operation-" + (90 + i), "status = error");
    }
    Parsed parsed = OpenSlo.read("promises.yaml", String.join("---\n", promises.documents));
    if (!parsed.valid()) {
      throw new IllegalStateException(parsed.violations().toString());
    }
    Instant effective = Instant.ofEpochSecond(Slices.startOf(now.minus(BEFORE)));
    return new Generation(
        TENANT, 1, effective, parsed.slos().stream().map(slo -> slo.of(TENANT, 1)).toList());
  }

  private void addThoseOf(int service) {
    String of = "service: service-" + service;
    add(WHOLE + service, "", of, "status = error");
    for (int i = 0; i < 4; i++) {
      String operation = of + ", operation: GET /api/v1/operation-" + (service * 4 + i);
      add("slow-" + service + "-" + i, "", operation, "duration > 250ms or status = error");
    }
    add(
        "flag-" + service,
        "",
        of + ", attributes: {app.attribute.11: 'true'}",
        "attribute app.attribute.12 >= 500");
    add(
        "value-" + service,
        "",
        of + ", attributes: {deployment.environment.name: production}",
        "attribute app.attribute.23 > 900 or duration > 450ms");
    add("calls-" + service, "", of + ", kind: client", "duration > 400ms");
    add("by-customer-" + service, "app.attribute.04", of, "duration > 300ms");
  }

  private void add(String name, String group, String selector, String bad) {
    String annotations =
        group.isEmpty() ? "" : "\n  annotations: {nines.dev/group: %s}".formatted(group);
    documents.add(
        String.format(
            Locale.ROOT,
            """
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: %s%s
            spec:
              service: shop
              indicator:
                metadata: {name: spans}
                spec:
                  ratioMetric:
                    counter: true
                    total: {metricSource: {type: nines/spans, spec: {%s}}}
                    bad: {metricSource: {type: nines/spans, spec: {bad: '%s'}}}
              timeWindow: [{duration: 28d, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{target: 0.99}]
            """,
            name,
            annotations,
            selector,
            bad));
  }
}
