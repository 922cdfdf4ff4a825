// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenSloTest {

  static final String VALID =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata:
        name: checkout
        labels: {team: [orders, money], tier: yes}
        annotations:
          example.org/owner: somebody
      spec:
        service: checkout
        indicator:
          metadata: {name: failures}
          spec:
            ratioMetric:
              counter: true
              total: {metricSource: {type: nines/spans, spec: {service: checkout, attributes: {code: 010}}}}
              bad: {metricSource: {type: nines/spans, spec: {bad: status=error}}}
        timeWindow:
          - {duration: 30d, isRolling: true}
        budgetingMethod: Occurrences
        objectives:
          - target: 0.999
      """;

  @Test
  void absentAnnotationsMeanTheWorkbooksPolicies() {
    Slo slo = only(VALID).of("default", 7);
    assertThat(slo.policies())
        .extracting(BurnPolicy::name)
        .containsExactly("page-1h", "page-6h", "ticket-3d");
    assertThat(slo.policies().getFirst().factor()).isEqualByComparingTo("14.4");
    assertThat(slo.missing()).isEqualTo(Slo.Missing.NEUTRAL);
    assertThat(slo.vanished()).isEqualTo(Slo.Vanished.PAGE);
    assertThat(slo.confidence()).isZero();
    assertThat(slo.line()).isEqualTo(7);
    assertThat(slo.displayName()).isEqualTo("checkout");
    assertThat(((SpanIndicator) slo.indicator()).bad()).isEqualTo(new SpanPredicate.StatusError());
    assertThat(slo.period()).isEqualTo(new RollingWindow(Duration.ofDays(30)));
  }

  @ParameterizedTest
  @CsvSource({"page, PAGE", "ticket, TICKET", "off, OFF"})
  void vanishedTrafficIsToldAsTheFileSays(String word, Slo.Vanished told) {
    String file = VALID.replace("example.org/owner: somebody", "nines.dev/vanished: " + word);
    assertThat(only(file).of("default", 7).vanished()).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({"neutral, NEUTRAL", "bad, BAD"})
  void missingEventsAreWhatTheFileSays(String word, Slo.Missing missing) {
    String file = VALID.replace("example.org/owner: somebody", "nines.dev/missing: " + word);
    assertThat(only(file).missing()).isEqualTo(missing);
  }

  /** Where nobody judges what is expected, nothing can be missing. */
  @Test
  void missingEventsAreBadOnlyWhereTrafficIsJudged() {
    String file =
        VALID.replace(
            "example.org/owner: somebody", "nines.dev/missing: bad\n    nines.dev/vanished: off");
    assertThat(OpenSlo.read("a.yaml", file).violations())
        .extracting(Violation::toString)
        .containsExactly(
            "a.yaml:7:24 metadata.annotations['nines.dev/missing']:"
                + " 'bad' needs nines.dev/vanished: page or ticket, not off");
    assertThat(only(file.replace("off", "ticket")).missing()).isEqualTo(Slo.Missing.BAD);
  }

  /** 14.4 needs a target above 93.056 %, 6 one above 83.333 %; windows must fit the period. */
  @ParameterizedTest
  @CsvSource({
    "0.9306, 30d, 3",
    "0.9305, 30d, 2",
    "0.8334, 30d, 2",
    "0.8333, 30d, 1",
    "0.1,    30d, 1",
    "0,      30d, 0",
    "0.999,  1d,  2",
    "0.999,  1h,  1",
    "0.999,  59m, 0",
  })
  void policiesOutOfReachAreLeftOut(String target, String period, int policies) {
    String yaml = VALID.replace("target: 0.999", "target: " + target).replace("30d", period);
    assertThat(only(yaml).policies()).hasSize(policies);
  }

  /** YAML 1.1 would read a boolean, an octal number and a float. */
  @Test
  void scalarsStayTexts() {
    SloDefinition slo = only(VALID.replace("0.999", "0.99900000001"));
    assertThat(slo.labels()).containsEntry("tier", "yes").containsEntry("team", "orders,money");
    assertThat(((SpanIndicator) slo.indicator()).attributes()).containsEntry("code", "010");
    assertThat(slo.target().toPlainString()).isEqualTo("0.99900000001");
    assertThat(only(VALID.replace("target: 0.999", "targetPercent: 99.9")).target().toPlainString())
        .isEqualTo("0.999");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "target: 0.999 | target: 1 | range | 21:15",
        "target: 0.999 | target: -0.1 | range | 21:15",
        "target: 0.999 | target: '0.99' | quoted-number | 21:15",
        "target: 0.999 | target: .99 | number | 21:15",
        "target: 0.999 | target: 0.1234567890123 | digits | 21:15",
        "target: 0.999 | targetPercent: 100 | range | 21:22",
        "target: 0.999 | op: lte | exactly-one | 21:7",
        "name: checkout | name: ~ | required | 4:3",
        "isRolling: true | isRolling: false | required | 18:7",
        "isRolling: true | isRolling: yes | boolean | 18:34",
        "30d | 367d | retention | 18:18",
        "30d | 1M | fixed-length | 18:18",
        "30d | 0d | duration | 18:18",
        "Occurrences | RatioTimeslices | required | 21:7",
        "service: checkout, attributes: {code: 010} | service: '' | required | 15:57",
        "status=error | x | predicate | 16:61",
        "type: nines/spans | type: prometheus | not-supported | 15:38",
        "total: | raw: | not-supported | 15:36",
        "kind: SLO | kind: SLO, a | one-of | 2:7",
        "example.org/owner | example..org/owner | annotation-key | 7:25",
        "example.org/owner: somebody | nines.dev/missing: good | one-of | 7:24",
        "example.org/owner: somebody | nines.dev/vanished: loud | one-of | 7:25",
      })
  void eachRuleNamesItsPlace(String right, String wrong, String rule, String place) {
    Parsed parsed = OpenSlo.read("a.yaml", VALID.replace(right, wrong));
    assertThat(parsed.violations())
        .extracting(found -> found.rule() + " " + found.line() + ":" + found.column())
        .contains(rule + " " + place);
    assertThat(parsed.slos()).isEmpty();
  }

  @Test
  void anAnnotationSaysHowManyFailuresAPageNeeds() {
    assertThat(only(VALID).minFailures()).isZero();
    String yaml = VALID.replace("example.org/owner: somebody", "nines.dev/min-failures: 20");
    assertThat(only(yaml).of("t", 3).minFailures()).isEqualTo(20);
    for (String wrong : List.of("0", "-1", "1.5", "many", "1000000000")) {
      assertThat(OpenSlo.read("a", yaml.replace("20", wrong)).violations())
          .extracting(Violation::path)
          .contains("metadata.annotations['nines.dev/min-failures']");
    }
  }

  @Test
  void anAnnotationSaysWhatExcludedTimeIs() {
    assertThat(only(VALID).excludedGood()).isFalse();
    String good = VALID.replace("example.org/owner: somebody", "nines.dev/exclusions: good");
    assertThat(only(good).of("t", 3).excludedGood()).isTrue();
    assertThat(only(good.replace(": good", ": removed")).excludedGood()).isFalse();
    assertThat(OpenSlo.read("a", good.replace(": good", ": ignored")).violations())
        .extracting(Violation::path)
        .containsExactly("metadata.annotations['nines.dev/exclusions']");
  }

  @Test
  void anAnnotationNamesTheGroupingAttribute() {
    assertThat(only(VALID).groupBy()).isEmpty();
    String grouped = VALID.replace("example.org/owner: somebody", "nines.dev/group: customer.id");
    assertThat(only(grouped).groupBy()).isEqualTo("customer.id");
    assertThat(only(grouped).of("t", 3).groupBy()).isEqualTo("customer.id");
    for (String wrong : List.of("''", "' customer.id'", "'" + "k".repeat(256) + "'")) {
      assertThat(OpenSlo.read("a", grouped.replace("customer.id", wrong)).violations())
          .extracting(Violation::path)
          .containsExactly("metadata.annotations['nines.dev/group']");
    }
  }

  @Test
  void aNameStandsOnceInAllFiles() {
    Parsed parsed = OpenSlo.read(List.of(new Source("a", VALID), new Source("b", VALID)));
    assertThat(parsed.violations())
        .extracting(Violation::toString)
        .containsExactly("b:4:9 metadata.name: 'checkout' is also the name of the SLO at a:4");
  }

  @Test
  void errorsAreFoundInAllDocumentsBehindOneAnother() {
    String wrong = VALID.replace("0.999", "2");
    Parsed parsed = OpenSlo.read("a", wrong + "---\n" + wrong.replace("name: checkout", "name: b"));
    assertThat(parsed.violations()).extracting(Violation::line).containsExactly(21, 43);
  }

  @Test
  void otherKindsAreCheckedAndNoted() {
    Parsed parsed =
        OpenSlo.read(
            "a",
            """
            apiVersion: openslo/v1
            kind: AlertCondition
            metadata: {name: fast}
            spec:
              severity: page
              condition: {kind: burnrate, op: lte, threshold: 2, lookbackWindow: 1h, alertAfter: 5s}
            ---
            apiVersion: openslo/v1
            kind: DataSource
            metadata: {name: prom}
            spec: {type: prometheus}
            """);
    assertThat(parsed.violations())
        .extracting(Violation::toString)
        .containsExactly(
            "a:6:35 spec.condition.op: 'lte' alerts while healthy, as OpenSLO's own examples did;"
                + " write gt; --lenient reads gt, the opposite, and alerts while it burns",
            "a:6:86 spec.condition.alertAfter: '5s' is no length: a number and m h d or w",
            "a:11:7 spec.connectionDetails: is required");
    assertThat(parsed.notes())
        .extracting(Violation::toString)
        .containsExactly(
            "a:1:1 AlertCondition is named by nothing here",
            "a:8:1 DataSource is named by nothing here");
  }

  @Test
  void jsonIsRead() {
    String json =
        """
        {"apiVersion":"openslo/v1","kind":"Service","metadata":{"name":"a"},"spec":{}}
        """;
    assertThat(OpenSlo.read("a.json", json).violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | holds no object",
        "--- | holds no object",
        "a: b: c | mapping values are not allowed",
        "'a: \"' | found unexpected end of stream",
        "42 | must be a map",
        "'? [a] : b' | a key must be a text",
        "&a [*a] | must be a map",
      })
  void whatIsNoSloFileIsRefused(String text, String message) {
    assertThat(OpenSlo.read("a", text).violations())
        .isNotEmpty()
        .anySatisfy(found -> assertThat(found.message()).contains(message));
  }

  @Test
  void aHugeValueIsNotRepeated() {
    String huge = "x".repeat(100_000);
    Parsed parsed = OpenSlo.read("a", VALID.replace("name: checkout", "name: " + huge));
    assertThat(parsed.violations()).hasSize(1);
    assertThat(parsed.violations().getFirst().toString()).hasSizeLessThan(700);
    assertThat(OpenSlo.read("a", "# " + "x".repeat(OpenSlo.CHARACTERS_MAX)).violations())
        .singleElement()
        .satisfies(found -> assertThat(found.message()).contains("exceeds the limit"));
  }

  /** Whatever is cut out or put in: violations or an SLO, never an exception. */
  @Test
  void brokenTextsNeverThrow() {
    long seed = 4_711;
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder(VALID);
      for (int edit = 0; edit <= random.nextInt(4); edit++) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
          case 1 -> text.insert(at, "[]{}:,-'\"&*!|>%@\n \t#?\u0007é".charAt(random.nextInt(23)));
          default -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
        }
      }
      Parsed parsed = OpenSlo.read("a", text.toString());
      assertThat(parsed.valid() ? parsed.slos() : parsed.violations())
          .as("seed %s round %s:%n%s", seed, round, text)
          .satisfiesAnyOf(
              found -> assertThat(found).isNotEmpty(),
              found -> assertThat(text.toString()).doesNotContain("kind: SLO\n"));
    }
  }

  static SloDefinition only(String yaml) {
    Parsed parsed = OpenSlo.read("a.yaml", yaml);
    assertThat(parsed.violations()).isEmpty();
    assertThat(parsed.slos()).hasSize(1);
    return parsed.slos().getFirst();
  }
}
