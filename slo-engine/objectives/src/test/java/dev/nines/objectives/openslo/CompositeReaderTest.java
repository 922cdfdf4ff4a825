// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.CompositeIndicator.Component;
import dev.nines.objectives.CompositeIndicator.Kind;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.ThresholdIndicator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Composites as files say them, and each way to say one wrong. */
class CompositeReaderTest {

  private static final String VALID =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata:
        name: path
        annotations:
          nines.dev/composite: 'kind=weighted target=0.99'
          nines.dev/missing: bad
      spec:
        service: shop
        timeWindow:
          - {duration: 30d, isRolling: true}
        budgetingMethod: Occurrences
        objectives:
          - target: 0.999
            compositeWeight: 2.50
            indicator:
              metadata: {name: cart}
              spec:
                ratioMetric:
                  total: {metricSource: {type: nines/spans, spec: {service: cart}}}
                  bad: {metricSource: {type: nines/spans, spec: {bad: status=error}}}
          - target: 0.99
            displayName: Money moves
            indicatorRef: payment
      ---
      apiVersion: openslo/v1
      kind: SLI
      metadata: {name: payment}
      spec:
        ratioMetric:
          total: {metricSource: {type: nines/spans, spec: {service: payment}}}
          bad: {metricSource: {type: nines/spans, spec: {bad: status=error}}}
      """;

  @Test
  void aCompositeComesBeforeItsComponents() {
    List<SloDefinition> slos = read(VALID).slos();
    assertThat(slos)
        .extracting(SloDefinition::name)
        .containsExactly("path", "path.cart", "path.payment");
    assertThat(slos)
        .extracting(SloDefinition::displayName)
        .containsExactly("path", "path.cart", "Money moves");
    assertThat(slos)
        .extracting(SloDefinition::target)
        .containsExactly(new BigDecimal("0.99"), new BigDecimal("0.999"), new BigDecimal("0.99"));
    assertThat(slos.getFirst().indicator())
        .isEqualTo(
            new CompositeIndicator(
                Kind.WEIGHTED,
                List.of(
                    new Component("path.cart", new BigDecimal("2.5")),
                    new Component("path.payment", BigDecimal.ONE))));
    assertThat(slos.subList(1, 3))
        .allSatisfy(
            part -> {
              assertThat(part.indicator()).isInstanceOf(SpanIndicator.class);
              assertThat(part.missing()).isEqualTo(slos.getFirst().missing());
              assertThat(part.policies()).isEmpty();
            });
  }

  /** The workbook's, of the composite's own target: 14.4 is within reach of 99 %. */
  @Test
  void onlyTheCompositeBurns() {
    assertThat(read(VALID).slos().getFirst().policies())
        .extracting(BurnPolicy::name)
        .containsExactly("page-1h", "page-6h", "ticket-3d");
    String low = VALID.replace("target=0.99'", "target=0.9'");
    assertThat(read(low).slos().getFirst().policies())
        .extracting(BurnPolicy::name)
        .containsExactly("page-6h", "ticket-3d");
  }

  @Test
  void withoutAKindTrafficWeighs() {
    SloDefinition composite = read(VALID.replace("kind=weighted ", "")).slos().getFirst();
    assertThat(((CompositeIndicator) composite.indicator()).kind()).isEqualTo(Kind.WEIGHTED);
  }

  /** 0.999 x 0.99; and 1 - 0.001 x 0.01. */
  @Test
  void targetsThatDoNotReachTheCompositesAreNoted() {
    assertThat(notes("kind=serial target=0.99"))
        .containsExactly(
            "a.yaml:6:26 metadata.annotations['nines.dev/composite']: components that just meet"
                + " their targets reach 0.98901 together, which is below 0.99",
            "a.yaml:15:24 spec.objectives[0].compositeWeight: means nothing unless kind=weighted,"
                + " and is not used");
    assertThat(notes("kind=parallel target=0.99999"))
        .containsExactly(
            "a.yaml:15:24 spec.objectives[0].compositeWeight: means nothing unless kind=weighted,"
                + " and is not used");
    assertThat(notes("kind=parallel target=0.999999").getFirst())
        .contains("reach 0.99999 together");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "nines.dev/composite: 'kind=weighted target=0.99' | example.org/x: y |"
            + " a.yaml:9:3 spec.objectives: have indicators of their own: annotation"
            + " nines.dev/composite must say the kind and the target of all together, such as"
            + " 'kind=serial target=0.999'",
        "\" target=0.99'\" | ' |"
            + " a.yaml:6:26 metadata.annotations['nines.dev/composite']: needs target=, that of all"
            + " together, such as 'kind=serial target=0.999'",
        "target=0.99' | target=1' |"
            + " a.yaml:6:26 metadata.annotations['nines.dev/composite']: target=1 is no share in"
            + " [0, 1) with at most 12 digits, such as 0.999",
        "kind=weighted | kind=average |"
            + " a.yaml:6:26 metadata.annotations['nines.dev/composite']: kind=average is none of"
            + " weighted, serial, parallel",
        "kind=weighted | kind=serial kind=serial |"
            + " a.yaml:6:39 metadata.annotations['nines.dev/composite']: kind= stands here twice",
        "kind=weighted | delay=5m |"
            + " a.yaml:6:27 metadata.annotations['nines.dev/composite']: 'delay=5m' is none of"
            + " kind=, target=",
        "\"  service: shop\" | \"  indicatorRef: payment\n  service: shop\" |"
            + " a.yaml:9:17 spec.indicatorRef: stands beside indicators of objectives; write one or"
            + " these",
        "compositeWeight: 2.50 | compositeWeight: 0 |"
            + " a.yaml:15:24 spec.objectives[0].compositeWeight: 0 is not between 0.000000001 and"
            + " 1000000",
        "\"      indicatorRef: payment\" | \"      compositeWeight: 2\" |"
            + " a.yaml:22:7 spec.objectives[1].indicator: is required of each component, or"
            + " indicatorRef",
        "\"      indicatorRef: payment\" | \"      indicatorRef: payment\n      indicator: {}\" |"
            + " a.yaml:22:7 spec.objectives[1].indicator: stands beside indicatorRef; write one",
        "{name: cart} | {name: payment} |"
            + " a.yaml:22:7 spec.objectives[1]: a second component 'payment': components are called"
            + " as their SLIs are",
        "name: path | name: a-path-of-more-than-fifty-six-characters-which-is-too-long-x |"
            + " a.yaml:14:7 spec.objectives[0]: is SLO"
            + " 'a-path-of-more-than-fifty-six-characters-which-is-too-long-x.cart', of more than 63"
            + " characters",
        "Occurrences | Timeslices |"
            + " a.yaml:12:20 spec.budgetingMethod: slices of composites are not supported: write"
            + " Occurrences",
        "nines.dev/missing: bad | nines.dev/confidence: '0.98' |"
            + " a.yaml:7:27 metadata.annotations['nines.dev/confidence']: is of the events of one"
            + " ratio; a composite has several",
        "nines.dev/missing: bad | nines.dev/expected-events: 9000/s |"
            + " a.yaml:7:32 metadata.annotations['nines.dev/expected-events']: is of the events of"
            + " one ratio; a composite has several",
        "nines.dev/missing: bad | nines.dev/burn: long=1h short=5m factor=100 severity=page |"
            + " a.yaml:7:21 metadata.annotations['nines.dev/burn']: factor=100 can never be"
            + " exceeded: at target 0.99 a total outage burns 1 / (1 - 0.99) = 100",
      })
  void eachMistakeIsNamed(String right, String wrong, String told) {
    Parsed parsed = OpenSlo.read("a.yaml", VALID.replace(right, wrong));
    assertThat(parsed.violations()).extracting(Violation::toString).contains(told);
    assertThat(parsed.slos()).isEmpty();
  }

  /** Values are events with the limit of their own objective; of a raw ratio nobody knows any. */
  @Test
  void valuesAreTakenAndRawRatiosAreNot() {
    String source = "{metricSource: {type: nines/metrics, spec: {metric: queue, service: shop}}}";
    String values =
        VALID
            .replaceFirst("ratioMetric:\\n.*\\n.*\\n", "thresholdMetric: " + source + "\n")
            .replace("compositeWeight: 2.50", "op: lt\n      value: 10");
    assertThat(read(values).slos().get(1).indicator()).isInstanceOf(ThresholdIndicator.class);
    String raw =
        VALID.replaceFirst(
            "total: .*\\n.*\\n", "raw: " + source + "\n            rawType: success\n");
    assertThat(OpenSlo.read("a.yaml", raw).violations())
        .extracting(Violation::toString)
        .containsExactly(
            "a.yaml:14:7 spec.objectives[0]: a component counts events, and a raw ratio has lost of"
                + " how many it is: write total and bad");
  }

  @Test
  void oneObjectiveIsNoComposite() {
    String one = VALID.substring(0, VALID.indexOf("    - target: 0.99\n"));
    assertThat(OpenSlo.read("a.yaml", one).violations())
        .extracting(Violation::toString)
        .containsExactly(
            "a.yaml:14:5 spec.objectives: has 1; a composite has two components or more");
  }

  @Test
  void anAnnotationAloneMakesNoComposite() {
    String plain =
        OpenSloTest.VALID.replace("example.org/owner: somebody", "nines.dev/composite: target=0.9");
    assertThat(OpenSlo.read("a.yaml", plain).violations())
        .extracting(Violation::toString)
        .anyMatch(told -> told.contains("spec.indicator: stands beside indicators of objectives"))
        .anyMatch(told -> told.contains("spec.objectives[0].indicator: is required of each"));
  }

  /** Each component is asked with its own target, the composite with none. */
  @Test
  void thinTrafficIsOfComponents(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), VALID);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        SloCheck.run(
            List.of(file),
            Reading.STRICT,
            Optional.of(BigDecimal.ONE),
            new PrintStream(out, true, UTF_8));
    assertThat(code).isEqualTo(SloCheck.INVALID);
    assertThat(out.toString(UTF_8))
        .contains("path.cart: one failure is more than the budget: 30d has 720 events")
        .doesNotContain(" path: ")
        .endsWith("2 valid SLOs, 1 error in 1 file\n");
  }

  private static List<String> notes(String annotation) {
    return read(VALID.replace("kind=weighted target=0.99", annotation)).notes().stream()
        .map(Violation::toString)
        .toList();
  }

  private static Parsed read(String yaml) {
    Parsed parsed = OpenSlo.read("a.yaml", yaml);
    assertThat(parsed.violations()).isEmpty();
    return parsed;
  }
}
