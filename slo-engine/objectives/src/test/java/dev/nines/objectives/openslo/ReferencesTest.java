// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnPolicy.Severity;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects that name others, over {@code slo-engine/examples/references}. */
class ReferencesTest {

  private String orders;

  @BeforeEach
  void read() throws IOException {
    orders =
        Files.readString(
            Path.of(
                System.getProperty("nines.root"), "slo-engine/examples/references/orders.yaml"));
  }

  @Test
  void objectsAreFoundInAnyFileAndAnyOrder() {
    List<Source> files = new ArrayList<>();
    for (String document : orders.split("---\n")) {
      files.add(new Source(files.size() + ".yaml", document));
    }
    List<SloDefinition> whole = OpenSlo.read("orders.yaml", orders).slos();
    Random random = new Random(11);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(files, random);
      Parsed parsed = OpenSlo.read(files);
      assertThat(parsed.violations()).isEmpty();
      assertThat(parsed.slos())
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("place")
          .isEqualTo(whole);
    }
  }

  @Test
  void aPolicyOfOneWindowHasItTwice() {
    assertThat(OpenSlo.read("a", orders).slos().getFirst().policies())
        .containsExactly(
            new BurnPolicy(
                "orders-burn",
                Duration.ofHours(1),
                Duration.ofHours(1),
                new BigDecimal("2"),
                Severity.PAGE,
                true),
            new BurnPolicy(
                "orders-slow-burn",
                Duration.ofDays(3),
                Duration.ofDays(3),
                BigDecimal.ONE,
                Severity.TICKET));
  }

  @Test
  void bothKindsOfPoliciesStandBesideEachOther() {
    String burn =
        "  annotations: {nines.dev/burn: 'long=2h short=5m factor=9 severity=page'}\nspec:";
    String yaml = orders.replace("  displayName: Orders are taken\nspec:", burn);
    assertThat(OpenSlo.read("a", yaml).slos().getFirst().policies())
        .extracting(BurnPolicy::name)
        .containsExactly("page-2h", "orders-burn", "orders-slow-burn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "indicatorRef: orders-failures | indicatorRef: others | spec.indicatorRef reference",
        "metricSourceRef: spans | metricSourceRef: points | spec.ratioMetric.total.metricSource.metricSourceRef reference",
        "conditionRef: fast-burn | conditionRef: slow | spec.conditions[0].conditionRef reference",
        "targetRef: on-call | targetRef: nobody | spec.notificationTargets[0].targetRef reference",
        "alertPolicyRef: orders-burn | alertPolicyRef: o | spec.alertPolicies[0].alertPolicyRef reference",
        "alertPolicyRef: orders-burn | Orders | spec.alertPolicies[0] bare-reference",
        "conditionRef: fast-burn | {} | spec.conditions[0].spec required",
        "type: nines/spans | type: prometheus | spec.ratioMetric.total.metricSource.metricSourceRef not-supported",
        "op: gte | op: lte | spec.condition.op inverted",
        "threshold: 2 | threshold: 0 | spec.condition.threshold range",
        "threshold: 2 | threshold: 101 | spec.alertPolicies[0] burn-policy",
        "lookbackWindow: 1h | lookbackWindow: 999999w | spec.alertPolicies[0] burn-policy",
        "lookbackWindow: 1h | lookbackWindow: -1h | spec.condition.lookbackWindow duration",
        "lookbackWindow: 1h | lookbackWindow: 5w | spec.alertPolicies[0] burn-policy",
        "alertAfter: 0m | alertAfter: 5s | spec.condition.alertAfter duration",
        "alertAfter: 0m | alertAfter: 1M | spec.condition.alertAfter duration",
        "alertAfter: 0m | alertAfter: 5w | spec.alertPolicies[0] burn-policy",
        "name: orders-slow-burn | name: orders-burn | spec.alertPolicies[1] duplicate",
      })
  void whatIsWrongIsToldWhereItStands(String right, String wrong, String violation) {
    Parsed parsed = OpenSlo.read("a", orders.replace(right, wrong));
    assertThat(parsed.violations())
        .extracting(found -> found.path() + " " + found.rule())
        .contains(violation)
        .doesNotHaveDuplicates();
  }

  @Test
  void anAlertThatWaitsIsReadWithWhatItCosts() {
    Parsed parsed = OpenSlo.read("a", orders.replace("alertAfter: 0m", "alertAfter: 12h"));
    assertThat(parsed.violations()).isEmpty();
    assertThat(parsed.slos().getFirst().policies())
        .extracting(BurnPolicy::afterSeconds)
        .contains(43_200L);
    assertThat(parsed.notes())
        .filteredOn(note -> note.rule().equals("waits"))
        .extracting(Violation::message)
        .containsOnly(
            "waits 12h: at 2 times the budget of 28d another 2 x 12h / 28d = 3.57 % of it is gone"
                + " before anybody is told, and whatever ends sooner is never told");
    assertThat(OpenSlo.read("a", orders).notes()).noneMatch(note -> note.rule().equals("waits"));
  }

  /** What two SLOs name is wrong once, in its own file. */
  @Test
  void anErrorOfANamedObjectIsToldOnce() {
    String second =
        orders.substring(orders.lastIndexOf("---")).replace("name: orders\n", "name: more\n");
    String wrong = orders.replace("bad: status = error", "bad: status = fine");
    Parsed parsed = OpenSlo.read(List.of(new Source("a", wrong), new Source("b", second)));
    assertThat(parsed.violations()).extracting(Violation::file).containsExactly("a");
    assertThat(parsed.slos()).isEmpty();
  }

  @Test
  void aNumberedNameIsTakenOnce() {
    String other =
        orders
            .substring(orders.lastIndexOf("---"))
            .replace("name: orders\n", "name: orders-2\n")
            .replace("    - displayName: Orders are taken, as promised\n      target: 0.99\n", "");
    assertThat(OpenSlo.read("a", orders + other).violations())
        .extracting(Violation::message)
        .containsExactly("a second SLO is 'orders-2' here");
    String longName = "o".repeat(62);
    assertThat(
            OpenSlo.read("a", orders.replace("name: orders\n", "name: " + longName + "\n"))
                .violations())
        .extracting(Violation::rule)
        .containsExactly("length");
  }

  /** At 99 % a total outage burns 100 times: gte is met, gt is not. */
  @Test
  void aFactorThatIsReachedAndNotExceededNeedsGte() {
    String hundred = orders.replace("threshold: 2", "threshold: 100");
    assertThat(OpenSlo.read("a", hundred).valid()).isTrue();
    assertThat(OpenSlo.read("a", hundred.replace("op: gte", "op: gt")).violations())
        .extracting(Violation::rule)
        .containsExactly("burn-policy");
  }

  /** Who switched the only policy off does not want the workbook's pages. */
  @Test
  void aPolicyThatAlertsNobodyIsNotReplaced() {
    String yaml = orders.substring(0, orders.indexOf("    - kind: AlertPolicy"));
    String off = yaml.replace("alertWhenBreaching: true", "alertWhenBreaching: false");
    Parsed parsed = OpenSlo.read("a", off);
    assertThat(parsed.violations()).isEmpty();
    assertThat(parsed.slos().getFirst().policies()).isEmpty();
  }

  @Test
  void whatNothingNamesIsNoted() {
    Parsed parsed = OpenSlo.read("a", orders.replace("alertPolicyRef: orders-burn\n    - ", ""));
    assertThat(parsed.valid()).isTrue();
    assertThat(parsed.notes())
        .extracting(Violation::message)
        .contains("AlertPolicy is named by nothing here");
  }
}
