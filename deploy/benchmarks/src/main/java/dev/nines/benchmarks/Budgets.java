// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.objectives.Generation;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.openslo.OpenSlo;
import dev.nines.objectives.openslo.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * SLOs whose budgets are loaded, numbered from 0: each has one in ten regions and a global one. A
 * tenant's SLOs travel in one record, which bounds them; so there are as many tenants as are
 * needed.
 *
 * @param slos how many
 */
record Budgets(int slos) {

  static final List<String> REGIONS =
      List.of(
          "ap-northeast-1",
          "ap-south-1",
          "ap-southeast-1",
          "ca-central-1",
          "eu-central-1",
          "eu-north-1",
          "eu-west-1",
          "sa-east-1",
          "us-east-1",
          "us-west-2");

  static final int SCOPES = REGIONS.size() + 1;

  private static final int SLOS_PER_TENANT = 1_000;

  /** As many SLOs as have at least so many budgets. */
  static Budgets of(int budgets) {
    return new Budgets(Math.ceilDiv(budgets, SCOPES));
  }

  int count() {
    return slos * SCOPES;
  }

  SloId slo(int number) {
    return new SloId("tenant-" + number / SLOS_PER_TENANT, "slo-%05d".formatted(number));
  }

  /**
   * One for each tenant, in force before the history that is told.
   *
   * @param history how far back counts go
   */
  List<Generation> generations(Instant now, Duration history) {
    Instant effective =
        Instant.ofEpochSecond(Slices.startOf(now.minus(history).minus(Duration.ofHours(1))));
    List<Generation> generations = new ArrayList<>();
    for (int first = 0; first < slos; first += SLOS_PER_TENANT) {
      String tenant = slo(first).tenant();
      List<Slo> ofTenant = promises(first, Math.min(slos, first + SLOS_PER_TENANT));
      generations.add(new Generation(tenant, 1, effective, ofTenant));
    }
    return generations;
  }

  private List<Slo> promises(int first, int end) {
    String yaml =
        IntStream.range(first, end)
            .mapToObj(number -> YAML.formatted(slo(number).name()))
            .collect(Collectors.joining("---\n"));
    Parsed parsed = OpenSlo.read("promises.yaml", yaml);
    if (!parsed.valid()) {
      throw new IllegalStateException(parsed.violations().toString());
    }
    return parsed.slos().stream().map(slo -> slo.of(slo(first).tenant(), 1)).toList();
  }

  /** The three policies of the workbook, and an alert for vanished traffic, as by default. */
  private static final String YAML =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata:
        name: %s
      spec:
        service: shop
        indicator:
          metadata: {name: spans}
          spec:
            ratioMetric:
              counter: true
              total: {metricSource: {type: nines/spans, spec: {service: shop}}}
              bad: {metricSource: {type: nines/spans, spec: {bad: 'status = error'}}}
        timeWindow: [{duration: 28d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: 0.99}]
      """;
}
