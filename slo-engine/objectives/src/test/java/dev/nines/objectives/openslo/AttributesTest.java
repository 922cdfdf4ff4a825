// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.AttributeMatcher;
import dev.nines.objectives.AttributeMatcher.Operator;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.SpanIndicator;
import dev.nines.transport.JsonSerde;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Matchers beside equality, of spans and of metrics. */
class AttributesTest {

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
              total: {metricSource: {type: nines/TYPE, spec: {TOTAL}}}
              bad: {metricSource: {type: nines/TYPE, spec: {BAD}}}
        timeWindow:
          - {duration: 30d, isRolling: true}
        budgetingMethod: Occurrences
        objectives:
          - target: 0.999
      """;
  private static final String MATCHERS =
      "attributes: {tier: plus, verb: {notEquals: [WATCH, LIST], equals: ''},"
          + " code: {notMatches: 404, matches: '5..|4..'}}";
  private static final List<AttributeMatcher> READ =
      List.of(
          new AttributeMatcher("code", Operator.MATCH, "5..|4.."),
          new AttributeMatcher("code", Operator.NOT_MATCH, "404"),
          new AttributeMatcher("verb", Operator.EQUAL, ""),
          new AttributeMatcher("verb", Operator.NOT_EQUAL, "LIST"),
          new AttributeMatcher("verb", Operator.NOT_EQUAL, "WATCH"));

  @Test
  void spansHaveMatchers() {
    Indicator indicator = read("spans", MATCHERS, "bad: status = error, " + MATCHERS);
    SpanIndicator spans = (SpanIndicator) indicator;
    assertThat(spans.attributes()).isEqualTo(Map.of("tier", "plus"));
    assertThat(spans.matchers()).isEqualTo(READ);
  }

  @Test
  void metricsInheritThemWithTheAttributes() {
    CounterIndicator same =
        (CounterIndicator) read("metrics", "metric: a, " + MATCHERS, "metric: b");
    assertThat(same.total())
        .isEqualTo(new MetricSelection("a", "", Map.of("tier", "plus"), List.of(), READ));
    assertThat(same.part().matchers()).isEqualTo(READ);
    CounterIndicator own =
        (CounterIndicator) read("metrics", "metric: a, " + MATCHERS, "attributes: {code: x}");
    assertThat(own.part()).isEqualTo(new MetricSelection("a", "", Map.of("code", "x"), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metric: a, attributes: {code: {like: x}} | unknown-field | attributes.code.like",
        "metric: a, attributes: {code: {matches: '('}} | regex | attributes.code.matches",
        "metric: a, attributes: {code: {}} | required | attributes.code",
        "metric: a, attributes: {code: {equals: []}} | required | attributes.code",
        "metric: a, attributes: {code: {matches: ['a', '(b{900}){900}']}} | regex"
            + " | attributes.code.matches[1]",
        "metric: a, attributes: {code: [x]} | text | attributes.code",
        "metric: a, attributes: {a: {notEquals: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}}"
            + " | length | attributes",
      })
  void eachRuleNamesItsField(String total, String rule, String field) {
    Parsed parsed = OpenSlo.read("a.yaml", yaml("metrics", total, "metric: b"));
    assertThat(parsed.violations())
        .extracting(found -> found.rule() + " " + found.path())
        .contains(rule + " spec.indicator.spec.ratioMetric.total.metricSource.spec." + field);
    assertThat(parsed.slos()).isEmpty();
  }

  @Test
  void badSpansAreSomeOfTheTotals() {
    String other = "bad: status = error, attributes: {verb: {notEquals: WATCH}}";
    assertThat(OpenSlo.read("a", yaml("spans", MATCHERS, other)).violations())
        .extracting(Violation::rule)
        .containsExactly("same-selection");
  }

  @Test
  void recordsOfBeforeAreReadAndThoseWithoutMatchersAreWrittenAsBefore() {
    JsonSerde<Indicator> serde = new JsonSerde<>(Indicator.class);
    String before =
        "{\"over\":\"counters\",\"total\":{\"metric\":\"a\",\"service\":\"s\","
            + "\"attributes\":{\"k\":\"v\"},\"where\":[]},"
            + "\"part\":{\"metric\":\"b\",\"service\":\"\",\"attributes\":{},\"where\":[]},"
            + "\"partIs\":\"BAD\"}";
    Indicator read = serde.read(before.getBytes(UTF_8));
    assertThat(((CounterIndicator) read).total())
        .isEqualTo(new MetricSelection("a", "s", Map.of("k", "v"), List.of()));
    assertThat(new String(serde.write(read), UTF_8)).isEqualTo(before);
    for (String type : List.of("spans", "metrics")) {
      Indicator indicator = read(type, "metric: a, " + MATCHERS, "metric: b");
      assertThat(serde.read(serde.write(indicator))).isEqualTo(indicator);
    }
  }

  @Test
  void whatIsWrittenIsReadAsTheSame() {
    Attributes attributes = new Attributes(Map.of("tier", "plus"), READ.reversed());
    assertThat(attributes.matchers()).isEqualTo(READ);
    assertThat(attributes.yaml())
        .isEqualTo(
            Map.of(
                "tier",
                "plus",
                "code",
                Map.of("matches", "5..|4..", "notMatches", "404"),
                "verb",
                Map.of("equals", "", "notEquals", List.of("LIST", "WATCH"))));
    Attributes both =
        new Attributes(
            Map.of("code", "503"), List.of(new AttributeMatcher("code", Operator.NOT_EQUAL, "5")));
    assertThat(both.yaml()).isEqualTo(Map.of("code", Map.of("equals", "503", "notEquals", "5")));
    Indicator read =
        read("metrics", "metric: a, attributes: " + flow(attributes.yaml()), "metric: b");
    assertThat(((CounterIndicator) read).total().matchers()).isEqualTo(READ);
  }

  private static String flow(Map<String, Object> yaml) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.FLOW);
    options.setSplitLines(false);
    return new Yaml(options).dump(yaml).strip();
  }

  private static Indicator read(String type, String total, String bad) {
    boolean spans = type.equals("spans");
    Parsed parsed =
        OpenSlo.read(
            "a.yaml",
            yaml(
                type,
                spans ? total.replace("metric: a, ", "") : total,
                spans ? bad.replace("metric: b", "bad: status = error") : bad));
    assertThat(parsed.violations()).isEmpty();
    return parsed.slos().getFirst().indicator();
  }

  private static String yaml(String type, String total, String bad) {
    return YAML.replace("TYPE", type).replace("TOTAL", total).replace("BAD", bad);
  }
}
