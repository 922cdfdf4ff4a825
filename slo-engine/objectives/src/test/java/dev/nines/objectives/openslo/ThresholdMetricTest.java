// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.SpanPredicate.Attribute;
import dev.nines.objectives.SpanPredicate.Comparison;
import dev.nines.objectives.ThresholdIndicator;
import dev.nines.objectives.ThresholdIndicator.Operator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SLIs of values, which an objective's operator and value judge. */
class ThresholdMetricTest {

  private static final String INDICATOR =
      """
        indicator:
          metadata: {name: queue}
          spec:
            thresholdMetric: {metricSource: {type: nines/metrics, spec: {SPEC}}}
      """;
  private static final String YAML =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: queue}
      spec:
        service: checkout
      INDICATOR
        timeWindow:
          - {duration: 30d, isRolling: true}
        budgetingMethod: Occurrences
        objectives:
          - {OBJECTIVE}
      """;
  private static final String QUEUE = "metric: queue.length, service: checkout";
  private static final String RIGHT = "op: lte, value: 10, target: 0.99";

  @ParameterizedTest
  @CsvSource({
    "lt, 10, LT, 10",
    "lte, -0.250, LTE, -0.250",
    "gt, 1e3, GT, 1000",
    "gte, 999999999999999999, GTE, 999999999999999999"
  })
  void operatorAndValueAreTheObjectives(
      String op, String value, Operator operator, BigDecimal limit) {
    String spec =
        QUEUE + ", attributes: {pod: a}, where: 'attribute tier = plus or attribute n > 3'";
    assertThat(read(spec, "op: %s, value: %s, target: 0.99".formatted(op, value)))
        .isEqualTo(
            new ThresholdIndicator(
                new MetricSelection(
                    "queue.length",
                    "checkout",
                    Map.of("pod", "a"),
                    List.of(
                        new Attribute("tier", Comparison.EQ, "plus"),
                        new Attribute("n", Comparison.GT, "3"))),
                operator,
                limit));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "value: 1, target: 0.99 | required spec.objectives[0].op",
        "op: lt, target: 0.99 | required spec.objectives[0].value",
        "op: eq, value: 1, target: 0.99 | one-of spec.objectives[0].op",
        "op: LT, value: 1, target: 0.99 | one-of spec.objectives[0].op",
        "op: lt, value: many, target: 0.99 | number spec.objectives[0].value",
        "op: lt, value: 1e18, target: 0.99 | range spec.objectives[0].value",
        "op: lt, value: -1e18, target: 0.99 | range spec.objectives[0].value",
        "op: lt, value: 1e-19, target: 0.99 | digits spec.objectives[0].value",
      })
  void theObjectiveIsWhole(String objective, String found) {
    refused(QUEUE, objective, found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service: checkout | required metric",
        "metric: '' | required metric",
        "metric: a, threshold: 1s | not-supported threshold",
        "metric: a, kind: server | unknown-field kind",
        "metric: a, where: status = error | predicate where",
      })
  void theSourceSelectsSeries(String spec, String found) {
    String path = "spec.indicator.spec.thresholdMetric.metricSource.spec.";
    refused(spec, RIGHT, found.replace(" ", " " + path));
  }

  /** All that is wrong is told at once. */
  @Test
  void aBrokenSourceHidesNoBrokenObjective() {
    assertThat(parse(yaml("service: checkout", "op: eq, target: 0.99")).violations())
        .extracting(Violation::rule)
        .containsExactlyInAnyOrder("required", "one-of", "required");
  }

  /** Each span is an event already. */
  @Test
  void ofSpansARatioSaysTheSame() {
    String spans =
        yaml(QUEUE, RIGHT).replace("nines/metrics, spec: {metric", "nines/spans, spec: {operation");
    assertThat(parse(spans).violations())
        .extracting(Violation::toString)
        .containsExactly(
            "a.yaml:9:46 spec.indicator.spec.thresholdMetric.metricSource.type: is counted by a"
                + " ratioMetric alone: write good: 'duration <= 500ms', which is the same");
  }

  @Test
  void bothKindsAreNone() {
    String both =
        yaml(QUEUE, RIGHT)
            .replace("      thresholdMetric:", "      ratioMetric: {}\n      thresholdMetric:");
    assertThat(parse(both).violations())
        .extracting(found -> found.rule() + " " + found.path())
        .contains("exactly-one spec.indicator.spec.ratioMetric");
  }

  /** OpenSLO's parser does not look behind a reference. */
  @Test
  void aReferenceIsCheckedWhenItIsResolved() {
    String sli =
        """
        ---
        apiVersion: openslo/v1
        kind: SLI
        metadata: {name: queue}
        spec:
          thresholdMetric: {metricSource: {type: nines/metrics, spec: {metric: a}}}
        """;
    String named = YAML.replace("INDICATOR\n", "  indicatorRef: queue\n");
    String right = named.replace("OBJECTIVE", RIGHT) + sli;
    assertThat(parse(right).violations()).isEmpty();
    assertThat(parse(right).slos().getFirst().indicator()).isInstanceOf(ThresholdIndicator.class);
    assertThat(parse(named.replace("OBJECTIVE", "target: 0.99") + sli).violations())
        .extracting(found -> found.rule() + " " + found.path())
        .containsExactly("required spec.objectives[0].op", "required spec.objectives[0].value");
  }

  /** The text of the specification has one, its parser any number. */
  @Test
  void ofSeveralObjectivesLenientReadingMakesSlos() {
    String two = yaml(QUEUE, RIGHT) + "    - {op: lt, value: 100, target: 0.9}\n";
    assertThat(parse(two).violations())
        .extracting(Violation::toString)
        .containsExactly(
            "a.yaml:14:5 spec.objectives: has 2; a thresholdMetric has one; --lenient reads each as"
                + " an SLO");
    Parsed lenient = OpenSlo.read(List.of(new Source("a.yaml", two)), Reading.LENIENT);
    assertThat(lenient.violations()).isEmpty();
    assertThat(lenient.slos())
        .extracting(slo -> slo.name() + " " + ((ThresholdIndicator) slo.indicator()).value())
        .containsExactly("queue 10", "queue-2 100");
  }

  private static void refused(String spec, String objective, String found) {
    Parsed parsed = parse(yaml(spec, objective));
    assertThat(parsed.violations())
        .extracting(violation -> violation.rule() + " " + violation.path())
        .contains(found);
    assertThat(parsed.slos()).isEmpty();
  }

  private static Indicator read(String spec, String objective) {
    Parsed parsed = parse(yaml(spec, objective));
    assertThat(parsed.violations()).isEmpty();
    return parsed.slos().getFirst().indicator();
  }

  private static Parsed parse(String yaml) {
    return OpenSlo.read("a.yaml", yaml);
  }

  private static String yaml(String spec, String objective) {
    return YAML.replace("INDICATOR\n", INDICATOR)
        .replace("SPEC", spec)
        .replace("OBJECTIVE", objective);
  }
}
