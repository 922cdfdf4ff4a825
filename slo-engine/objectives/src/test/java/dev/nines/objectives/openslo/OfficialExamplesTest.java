// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.Slo;
import dev.nines.objectives.ThresholdIndicator;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example SLOs of the specification itself; of its rules three of four break one. */
class OfficialExamplesTest {

  private static final Pattern SOURCE =
      Pattern.compile("type: Any.*\\R( +)spec:.*\\R +query: Any.*");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ratio-timeslices | threshold-field",
        "timeslices | calendar-length threshold-field",
        "low-traffic | threshold-field",
      })
  void withSourcesOfOursLenientReadingTakesThem(String name, String dialects) {
    String yaml = ours(text(name));
    List<String> rules = List.of(dialects.split(" "));
    Parsed strict = OpenSlo.read(name, yaml);
    assertThat(strict.violations()).extracting(Violation::rule).containsExactlyElementsOf(rules);
    assertThat(strict.violations())
        .extracting(Violation::message)
        .allMatch(message -> message.contains("; --lenient "));
    Parsed lenient = OpenSlo.read(List.of(new Source(name, yaml)), Reading.LENIENT);
    assertThat(lenient.violations()).isEmpty();
    assertThat(lenient.warnings()).extracting(Violation::rule).containsExactlyElementsOf(rules);
    List<Slo> slos = lenient.slos().stream().map(slo -> slo.of("t", 1)).toList();
    Parsed exported = OpenSlo.read("export", SloWriter.yaml(slos));
    assertThat(exported.violations()).isEmpty();
    assertThat(exported.slos().stream().map(slo -> slo.of("t", 1))).isEqualTo(slos);
  }

  /** The one that breaks no rule, and asks for a threshold. */
  @Test
  void withASourceOfOursTheOneOfAThresholdIsStrictlyRight() {
    Parsed strict = OpenSlo.read("occurrences", ours(text("occurrences")));
    assertThat(strict.violations()).isEmpty();
    assertThat(strict.slos())
        .extracting(SloDefinition::indicator)
        .containsExactly(
            new ThresholdIndicator(
                new MetricSelection("m1", "", Map.of(), List.of()),
                ThresholdIndicator.Operator.LT,
                new BigDecimal("500")));
  }

  /** Untouched, what stays wrong is whose numbers they ask for. */
  @ParameterizedTest
  @ValueSource(strings = {"occurrences", "ratio-timeslices", "timeslices", "low-traffic"})
  void asTheyAreOnlyTheirSourcesAreRefused(String name) {
    Parsed lenient = OpenSlo.read(List.of(new Source(name, text(name))), Reading.LENIENT);
    assertThat(lenient.violations())
        .extracting(Violation::rule)
        .isNotEmpty()
        .containsOnly("not-supported");
  }

  /** It leaves out two required fields, inverts an operator, and names what it calls otherwise. */
  @Test
  void theReadmesExamples() {
    Parsed lenient = OpenSlo.read(List.of(new Source("readme", text("readme"))), Reading.LENIENT);
    assertThat(lenient.warnings())
        .extracting(found -> found.line() + " " + found.path() + " " + found.value())
        .containsExactly(
            "8 spec.timeWindow ",
            "8 spec.budgetingMethod ",
            "35 metadata.name AlertPolicy",
            "51 spec.conditions[0].spec.condition.op lte",
            "68 spec.condition.op lte",
            "76 metadata.name OnCallDevopsMailNotification",
            "84 metadata.name OnCallDevopsSlackNotification");
    assertThat(lenient.violations())
        .extracting(found -> found.rule() + " " + found.value())
        .containsExactlyInAnyOrder(
            "reference datadog-datasource",
            "reference datadog-datasource",
            "reference on-call-devops-mail-notification");
  }

  /** The first source of a ratio is one metric, the second another. */
  private static String ours(String yaml) {
    AtomicInteger number = new AtomicInteger();
    return SOURCE
        .matcher(yaml)
        .replaceAll(
            found ->
                "type: nines/metrics\n%sspec: {metric: m%d}"
                    .formatted(found.group(1), number.incrementAndGet()));
  }

  private static String text(String name) {
    String file = "official/" + name + ".yaml";
    try (InputStream in = OfficialExamplesTest.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
