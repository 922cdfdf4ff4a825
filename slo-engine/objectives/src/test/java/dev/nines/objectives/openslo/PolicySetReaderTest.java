// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.Slo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Sets of burn policies: the known ones by their published numbers, and mistakes with their lines.
 */
class PolicySetReaderTest {

  private static final Map<String, PolicySet> KNOWN =
      PolicySetReader.builtIn().stream().collect(Collectors.toMap(PolicySet::name, set -> set));

  @Test
  void theKnownSetsAreThese() {
    assertThat(PolicySetReader.builtIn().stream().map(PolicySet::name))
        .containsExactly(
            "workbook",
            "workbook-1h",
            "sloth",
            "datadog-7d",
            "datadog-30d",
            "datadog-90d",
            "grafana");
  }

  /** Of 28 days, as Sloth computes them: 2, 5, 10 and 10 % of the budget. */
  @Test
  void slothKeepsSharesOfTheBudget() {
    assertThat(factors("sloth", "0.999", "28d"))
        .containsExactly("13.44", "5.6", "2.8", "0.933333333");
    assertThat(factors("sloth", "0.999", "30d")).containsExactly("14.4", "6", "3", "1");
    assertThat(factors("sloth", "0.999", "7d"))
        .containsExactly("3.36", "1.4", "0.7", "0.233333333");
  }

  @Test
  void datadogIsOfItsPeriods() {
    assertThat(factors("datadog-7d", "0.999", "7d")).containsExactly("16.8", "5.6", "2.8");
    assertThat(factors("datadog-90d", "0.999", "90d")).containsExactly("21.6", "10.8", "4.5");
    assertThat(fit("datadog-30d", "0.999", "28d").left())
        .containsExactly("is for periods of 30d, not 28d");
    assertThat(fit("datadog-7d", "0.999", "7d").policies()).allMatch(BurnPolicy::orEqual);
  }

  @Test
  void whatCanNeverFireIsLeftOutWithItsArithmetic() {
    PolicySet.Fitted fitted = fit("grafana", "0.9", "30d");
    assertThat(fitted.policies().stream().map(BurnPolicy::name))
        .containsExactly("page-6h", "ticket-1d", "ticket-3d");
    assertThat(fitted.left())
        .containsExactly(
            "page-1h: factor=14.4 can never be reached: at target 0.9 a total outage burns 1 / (1 - 0.9) = 10");
    assertThat(fit("workbook", "0.999", "1h").policies().stream().map(BurnPolicy::name))
        .containsExactly("page-1h");
  }

  @Test
  void windowsFollowThePeriodInWholeSlices() {
    PolicySet scaled =
        PolicySetReader.read(
                "sets.yaml",
                yaml(
                    "{name: pyrra, scale: windows, madeFor: 28d, burn: 'long=1h short=5m factor=14"
                        + " severity=page'}"))
            .sets()
            .getFirst();
    BurnPolicy policy = scaled.fit(slo("0.999", "7d")).policies().getFirst();
    assertThat(policy.longWindow()).isEqualTo(Duration.ofMinutes(15));
    assertThat(policy.shortWindow()).isEqualTo(Duration.ofSeconds(70));
    assertThat(policy.factor()).isEqualByComparingTo("14");
    assertThat(scaled.fit(slo("0.999", "1h")).left())
        .containsExactly("page-1h: short=5m is less than a slice where the period is 1h");
  }

  @Test
  void everyMistakeHasItsLine() {
    List<Violation> violations =
        PolicySetReader.read(
                "sets.yaml",
                """
                apiVersion: nines.dev/v1
                kind: PolicySets
                spec:
                  sets:
                    - name: a
                      burn: 'long=1h short=5m factor=14.4'
                      confidence: 0.97
                      minFailures: 0
                    - name: b
                      scale: both
                      period: 90s
                      colour: red
                    - name: a
                      burn: 'long=1h short=5m factor=14.4 severity=page'
                """)
            .violations();
    assertThat(violations.stream().map(Violation::toString))
        .containsExactly(
            "sets.yaml:6:14 spec.sets[0].burn: severity= is missing",
            "sets.yaml:7:19 spec.sets[0].confidence: must be one of 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999",
            "sets.yaml:8:20 spec.sets[0].minFailures: is no whole number from 1 to 999999999",
            "sets.yaml:9:7 spec.sets[1].burn: is required",
            "sets.yaml:10:14 spec.sets[1].scale: 'both' is none of none, factors, windows",
            "sets.yaml:11:15 spec.sets[1].period: must be a length of whole minutes, such as 1h or 30d",
            "sets.yaml:12:7 spec.sets[1].colour: unknown field; known here: atFactor, burn, confidence, madeFor, minFailures, name, period, scale",
            "sets.yaml:13:7 spec.sets[2]: a second set is 'a'");
  }

  private static List<String> factors(String set, String target, String period) {
    return fit(set, target, period).policies().stream()
        .map(policy -> policy.factor().toPlainString())
        .toList();
  }

  private static PolicySet.Fitted fit(String set, String target, String period) {
    return KNOWN.get(set).fit(slo(target, period));
  }

  private static Slo slo(String target, String period) {
    String yaml =
        """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: checkout}
        spec:
          service: checkout
          indicator:
            metadata: {name: failures}
            spec:
              ratioMetric:
                total: {metricSource: {type: nines/spans, spec: {service: checkout}}}
                bad: {metricSource: {type: nines/spans, spec: {bad: 'status = error'}}}
          timeWindow: [{duration: %s, isRolling: true}]
          budgetingMethod: Occurrences
          objectives: [{target: %s}]
        """
            .formatted(period, target);
    return OpenSlo.read("slo.yaml", yaml).slos().getFirst().of("default", 1);
  }

  private static String yaml(String set) {
    return "apiVersion: nines.dev/v1\nkind: PolicySets\nspec:\n  sets:\n    - " + set + "\n";
  }
}
