// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.HistogramIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.SpanPredicate.Attribute;
import dev.nines.objectives.SpanPredicate.Comparison;
import dev.nines.objectives.Threshold;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SLIs over metrics. */
class MetricIndicatorTest {

  private static final String YAML =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: orders}
      spec:
        service: checkout
        indicator:
          metadata: {name: failures}
          spec:
            ratioMetric:
              total: {metricSource: {type: nines/metrics, spec: {TOTAL}}}
              PART: {metricSource: {type: nines/metrics, spec: {SPEC}}}
        timeWindow:
          - {duration: 30d, isRolling: true}
        budgetingMethod: Occurrences
        objectives:
          - target: 0.999
      """;
  private static final String ORDERS =
      "metric: orders, service: checkout, attributes: {tier: plus}";
  private static final MetricSelection ALL =
      new MetricSelection("orders", "checkout", Map.of("tier", "plus"), List.of());

  @Test
  void whatThePartLeavesOutIsAsInTotal() {
    assertThat(read(ORDERS, "bad", "metric: failed"))
        .isEqualTo(
            new CounterIndicator(
                ALL,
                new MetricSelection("failed", "checkout", Map.of("tier", "plus"), List.of()),
                CounterIndicator.Part.BAD));
    assertThat(read(ORDERS, "good", "where: 'attribute code < 500 or attribute ok = yes'"))
        .isEqualTo(
            new CounterIndicator(
                ALL,
                new MetricSelection(
                    "orders",
                    "checkout",
                    Map.of("tier", "plus"),
                    List.of(
                        new Attribute("code", Comparison.LT, "500"),
                        new Attribute("ok", Comparison.EQ, "yes"))),
                CounterIndicator.Part.GOOD));
    assertThat(read(ORDERS, "bad", "metric: failed, service: '', attributes: {}"))
        .extracting(indicator -> ((CounterIndicator) indicator).part())
        .isEqualTo(new MetricSelection("failed", "", Map.of(), List.of()));
  }

  @Test
  void aThresholdIsATimeOrANumber() {
    assertThat(read(ORDERS, "good", "threshold: 250ms"))
        .isEqualTo(new HistogramIndicator(ALL, new Threshold(new BigDecimal("250"), "ms")));
    assertThat(read(ORDERS, "good", "metric: orders, threshold: 1048576"))
        .isEqualTo(new HistogramIndicator(ALL, new Threshold(new BigDecimal("1048576"), "")));
  }

  @ParameterizedTest
  @CsvSource({
    "250, ms, s, 0.25",
    "250, ms, ms, 250",
    "0.1, s, us, 100000",
    "90, s, min, 1.5",
    "3, '', By, 3",
  })
  void aThresholdIsReadInTheUnitOfTheMetric(
      BigDecimal value, String unit, String metric, BigDecimal expected) {
    assertThat(new Threshold(value, unit).in(metric))
        .hasValueSatisfying(found -> assertThat(found).isEqualByComparingTo(expected));
  }

  @Test
  void aTimeFitsNoOtherUnit() {
    for (String unit : List.of("", "By", "1", "m{inute}", "S")) {
      assertThat(new Threshold(BigDecimal.ONE, "s").in(unit)).as(unit).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service: checkout | bad | metric: failed | required | total.metricSource.spec.metric",
        "metric: '' | bad | metric: failed | required | total.metricSource.spec.metric",
        "metric: a, operation: b | bad | metric: c | unknown-field | total.metricSource.spec.operation",
        "metric: a | bad | service: '' | same-selection | bad.metricSource.spec.metric",
        "metric: a | bad | threshold: 1s | not-supported | bad.metricSource.spec.threshold",
        "metric: a, threshold: 1s | bad | metric: b | not-supported | total.metricSource.spec.threshold",
        "metric: a | good | 'threshold: 1s, where: attribute a = b' | not-supported"
            + " | good.metricSource.spec.where",
        "metric: a | good | 'threshold: 1s, metric: b' | same-selection"
            + " | good.metricSource.spec.metric",
        "metric: a | good | threshold: 0 | threshold | good.metricSource.spec.threshold",
        "metric: a | good | threshold: 1w | threshold | good.metricSource.spec.threshold",
        "metric: a | good | threshold: fast | threshold | good.metricSource.spec.threshold",
        "metric: a | bad | where: status = error | predicate | bad.metricSource.spec.where",
        "metric: a | bad | where: attribute a > b | predicate | bad.metricSource.spec.where",
        "metric: a | raw | metric: b | exactly-one | total",
      })
  void eachRuleNamesItsField(String total, String part, String spec, String rule, String field) {
    Parsed parsed = OpenSlo.read("a.yaml", yaml(total, part, spec));
    assertThat(parsed.violations())
        .extracting(found -> found.rule() + " " + found.path())
        .contains(rule + " spec.indicator.spec.ratioMetric." + field);
    assertThat(parsed.slos()).isEmpty();
  }

  @Test
  void goodAndBadDoNotStandTogetherAndTypesAreNotMixed() {
    String twice =
        yaml(ORDERS, "bad", "metric: b").replace("        bad:", "        good: {}\n        bad:");
    assertThat(OpenSlo.read("a", twice).violations())
        .extracting(Violation::rule)
        .contains("exactly-one");
    String mixed =
        yaml(ORDERS, "bad", "bad: status = error")
            .replaceFirst("metrics, spec: .bad", "spans, spec: {bad");
    assertThat(OpenSlo.read("a", mixed).violations())
        .extracting(Violation::toString)
        .containsExactly(
            "a:11:36 spec.indicator.spec.ratioMetric.bad.metricSource.type:"
                + " differs from total's nines/metrics");
  }

  private static Indicator read(String total, String part, String spec) {
    Parsed parsed = OpenSlo.read("a.yaml", yaml(total, part, spec));
    assertThat(parsed.violations()).isEmpty();
    return parsed.slos().getFirst().indicator();
  }

  private static String yaml(String total, String part, String spec) {
    return YAML.replace("TOTAL", total).replace("PART", part).replace("SPEC", spec);
  }
}
