// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.RawIndicator;
import dev.nines.objectives.RawIndicator.RawType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SLIs that are ratios already. */
class RawRatioTest {

  private static final String YAML =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata:
        name: wifi
      spec:
        service: home
        indicator:
          metadata: {name: satisfaction}
          spec:
            ratioMetric:
              raw: {metricSource: {type: nines/metrics, spec: {metric: satisfaction, service: home}}}
              rawType: success
        timeWindow:
          - {duration: 30d, isRolling: true}
        budgetingMethod: RatioTimeslices
        objectives:
          - {target: 0.95, timeSliceWindow: 1m}
      """;

  @Test
  void aRatioIsSharesOfSuccessOrOfFailure() {
    for (RawType type : RawType.values()) {
      String yaml = YAML.replace("success", type.name().toLowerCase(Locale.ROOT));
      Parsed parsed = OpenSlo.read("a.yaml", yaml);
      assertThat(parsed.violations()).isEmpty();
      assertThat(parsed.slos().getFirst().indicator())
          .isEqualTo(
              new RawIndicator(
                  new MetricSelection("satisfaction", "home", Map.of(), List.of()), type));
    }
  }

  @Test
  void slicesByVerdictMayBeOfIt() {
    String verdicts =
        YAML.replace("RatioTimeslices", "Timeslices")
            .replace("timeSliceWindow", "timeSliceTarget: 0.9, timeSliceWindow");
    assertThat(OpenSlo.read("a.yaml", verdicts).violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rawType: success | '' | required spec.indicator.spec.ratioMetric.rawType",
        "rawType: success | rawType: good | one-of spec.indicator.spec.ratioMetric.rawType",
        "rawType: success | rawType: Success | one-of spec.indicator.spec.ratioMetric.rawType",
        "raw: {metric | total: {metric | required spec.indicator.spec.ratioMetric.raw",
        "raw: {metric | total: {metric | exactly-one spec.indicator.spec.ratioMetric.total",
        "rawType: success | 'rawType: success, bad: {}' | exactly-one spec.indicator.spec.ratioMetric.bad",
        "nines/metrics | nines/spans | unknown-field spec.indicator.spec.ratioMetric.raw.metricSource.spec.metric",
        "metric: satisfaction, service | kind: server, service | required spec.indicator.spec.ratioMetric.raw.metricSource.spec.metric",
        "service: home}}} | threshold: 1}}} | not-supported spec.indicator.spec.ratioMetric.raw.metricSource.spec.threshold",
        "RatioTimeslices | Occurrences | raw-occurrences spec.budgetingMethod",
        "name: wifi | 'name: wifi, annotations: {nines.dev/min-failures: 2}' | contradiction metadata.annotations['nines.dev/min-failures']",
        "name: wifi | 'name: wifi, annotations: {nines.dev/confidence: 0.98}' | contradiction metadata.annotations['nines.dev/confidence']",
        "name: wifi | 'name: wifi, annotations: {nines.dev/expected-events: 10/h}' | contradiction metadata.annotations['nines.dev/expected-events']",
        "name: wifi | 'name: wifi, annotations: {nines.dev/missing: bad}' | contradiction metadata.annotations['nines.dev/missing']",
        "{target: | '{op: gt, target:' | threshold-field spec.objectives[0].op",
      })
  void eachRuleNamesItsField(String right, String wrong, String found) {
    String yaml = YAML.replace(right, wrong);
    if (wrong.startsWith("name: ")) {
      yaml = YAML.replace("metadata:\n  " + right, "metadata: {" + wrong + "}");
    } else if (wrong.startsWith("rawType: success, ")) {
      yaml = YAML.replace(right, "rawType: success\n        bad: {}");
    }
    Parsed parsed = OpenSlo.read("a.yaml", yaml);
    assertThat(parsed.violations())
        .extracting(violation -> violation.rule() + " " + violation.path())
        .contains(found);
    assertThat(parsed.slos()).isEmpty();
  }

  @Test
  void occurrencesSayWhatToWriteInstead() {
    assertThat(OpenSlo.read("a.yaml", YAML.replace("RatioTimeslices", "Occurrences")).violations())
        .extracting(Violation::toString)
        .containsExactly(
            "a.yaml:15:20 spec.budgetingMethod: counts events, and a raw ratio has lost of how many"
                + " it is: write total and bad; or RatioTimeslices, where a slice is the mean of"
                + " its points");
  }
}
