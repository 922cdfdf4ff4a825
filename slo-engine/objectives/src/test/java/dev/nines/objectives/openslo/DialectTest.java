// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static dev.nines.objectives.openslo.OpenSloTest.VALID;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each dialect is refused by its name, or read as what its file means. */
class DialectTest {

  private static final Path ORDERS =
      Path.of(System.getProperty("nines.root"), "slo-engine/examples/references/orders.yaml");

  private static final String CALENDAR =
      VALID.replace(
          "{duration: 30d, isRolling: true}",
          "{duration: 1M, calendar: {startTime: 2024-01-03 00:00:00, timeZone: UTC}}");

  private static final String SLICES =
      VALID
          .replace("Occurrences", "Timeslices")
          .replace(
              "- target: 0.999\n",
              "- {target: 0.999, timeSliceTarget: 0.95, timeSliceWindow: 5m}\n");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apiVersion: openslo/v1 | apiVersion: openslo.com/v1 | version apiVersion | reads that",
        "target: 0.999 | target: '0.999' | quoted-number spec.objectives[0].target | reads the number",
        "target: 0.999 | {target: 0.999, op: gt} | threshold-field spec.objectives[0].op | leaves it out",
        "target: 0.999 | {target: 0.999, value: 1} | threshold-field spec.objectives[0].value | leaves it out",
        "Occurrences | occurrences | one-of spec.budgetingMethod | reads Occurrences",
        "budgetingMethod: Occurrences | budgetingMethod: | required spec.budgetingMethod | reads Occurrences",
        "- {duration: 30d, isRolling: true} | '' | required spec.timeWindow | reads a rolling window of 30d",
        ", isRolling: true | '' | required spec.timeWindow[0].isRolling | reads true",
        "isRolling: true | isRolling: true, calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC} | contradiction spec.timeWindow[0].calendar | leaves it out",
        "name: checkout | name: Checkout | dns-label metadata.name | reads checkout",
        "metadata: {name: failures} | {metadata: {name: failures}, apiVersion: openslo/v1} | inline-field spec.indicator.apiVersion | leaves it out",
      })
  void ofAnSlo(String right, String dialect, String found, String lenient) {
    String wrong =
        dialect.startsWith("{metadata")
            ? VALID.replace(right, "apiVersion: openslo/v1\n    " + right)
            : VALID.replace(right, dialect);
    agrees(VALID, wrong, found, lenient);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "duration: 1M | duration: 1m | calendar-length spec.timeWindow[0].duration | reads months: 1M",
        "duration: 1M | duration: Month | duration spec.timeWindow[0].duration | reads 1M",
        ", timeZone: UTC | '' | required spec.timeWindow[0].calendar.timeZone | reads UTC",
        "2024-01-03 00:00:00 | Wednesday | date-time spec.timeWindow[0].calendar.startTime | reads 2024-01-03 00:00:00",
      })
  void ofACalendar(String right, String dialect, String found, String lenient) {
    agrees(CALENDAR, CALENDAR.replace(right, dialect), found, lenient);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Timeslices | TimeSlices | one-of spec.budgetingMethod | reads Timeslices",
        "timeSliceWindow: 5m | timeSliceWindow: 5 | duration spec.objectives[0].timeSliceWindow | reads 5m",
        "timeSliceTarget: 0.95 | timeSliceTarget: '0.95' | quoted-number spec.objectives[0].timeSliceTarget | reads the number",
      })
  void ofSlices(String right, String dialect, String found, String lenient) {
    agrees(SLICES, SLICES.replace(right, dialect), found, lenient);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alertPolicyRef: orders-burn | orders-burn | bare-reference spec.alertPolicies[0] | reads alertPolicyRef: orders-burn",
        "conditionRef: fast-burn | fast-burn | bare-reference spec.conditions[0] | reads conditionRef: fast-burn",
        "targetRef: on-call | on-call | bare-reference spec.notificationTargets[0] | reads targetRef: on-call",
        "indicatorRef: orders-failures | indicatorRef: Orders_Failures | dns-label spec.indicatorRef | reads orders-failures",
        "- kind: AlertPolicy | - apiVersion: openslo/v1 | inline-field spec.alertPolicies[1].apiVersion | leaves it out",
        "- kind: AlertCondition | - apiVersion: openslo/v1 | inline-field spec.alertPolicies[1].spec.conditions[0].apiVersion | leaves it out",
        "op: gt, | op: lte, | inverted spec.alertPolicies[1].spec.conditions[0].spec.condition.op | reads gt, the opposite, and alerts while it burns",
        "op: gt, | op: lt, | inverted spec.alertPolicies[1].spec.conditions[0].spec.condition.op | reads gt, the opposite, and alerts while it burns",
        "op: gt, | '' | required spec.alertPolicies[1].spec.conditions[0].spec.condition.op | reads gt",
        "lookbackWindow: 1h | lookbackWindow: -1h | duration spec.condition.lookbackWindow | reads 1h",
        "threshold: 2 | threshold: '2' | quoted-number spec.condition.threshold | reads the number",
      })
  void ofPolicies(String right, String dialect, String found, String lenient) throws IOException {
    String orders = Files.readString(ORDERS);
    agrees(orders, orders.replace(right, dialect), found, lenient);
  }

  @Test
  void aNameIsFoundAsItIsRead() throws IOException {
    String orders = Files.readString(ORDERS);
    String spelled = orders.replaceFirst("fast-burn", "Fast_Burn");
    assertThat(strict(spelled).violations())
        .extracting(Violation::rule)
        .containsExactly("dns-label", "reference");
    assertThat(lenient(spelled).violations()).isEmpty();
    assertThat(lenient(spelled).slos()).isEqualTo(strict(orders).slos());
  }

  /** Together they would page less than each alone. */
  @Test
  void ofSeveralConditionsEachAlertsByItself() throws IOException {
    String orders = Files.readString(ORDERS);
    String two =
        orders.replace(
            "    - conditionRef: fast-burn\n",
            "    - conditionRef: fast-burn\n    - conditionRef: slower-burn\n");
    String slower =
        """
        ---
        apiVersion: openslo/v1
        kind: AlertCondition
        metadata: {name: slower-burn}
        spec:
          severity: ticket
          condition: {op: gt, threshold: 1, lookbackWindow: 1d}
        """;
    assertThat(strict(two + slower).violations())
        .extracting(Violation::toString)
        .containsExactly(
            "a:46:5 spec.conditions: has 2; exactly one must be: several windows are"
                + " nines.dev/burn's; --lenient reads each as a policy that alerts by itself");
    Parsed parsed = lenient(two + slower);
    assertThat(parsed.violations()).isEmpty();
    assertThat(parsed.warnings()).hasSize(1);
    assertThat(parsed.slos().getFirst().policies())
        .extracting(policy -> policy.name() + " " + policy.longWindow())
        .containsExactly("orders-burn PT1H", "orders-burn-2 PT24H", "orders-slow-burn PT72H");
  }

  @Test
  void allOfThemAndEveryMistakeAreToldAtOnce() {
    String wrong =
        VALID
            .replace("apiVersion: openslo/v1", "apiVersion: openslo.com/v1")
            .replace("name: checkout", "name: CheckOut")
            .replace("target: 0.999", "{target: '0.999', op: gt}")
            .replace("status=error", "status=fine");
    assertThat(strict(wrong).violations())
        .extracting(found -> found.line() + " " + found.rule())
        .containsExactly(
            "1 version", "4 dns-label", "16 predicate", "21 quoted-number", "21 threshold-field");
    Parsed parsed = lenient(wrong);
    assertThat(parsed.violations()).extracting(Violation::rule).containsExactly("predicate");
    assertThat(parsed.warnings())
        .extracting(found -> found.line() + " " + found.rule())
        .containsExactly("1 version", "4 dns-label", "21 quoted-number", "21 threshold-field");
  }

  /** Two files must not become one SLO unseen. */
  @Test
  void namesThatAreReadAlikeAreTheSameName() {
    String other = VALID.replace("name: checkout", "name: CHECKOUT");
    assertThat(lenient(VALID + "---\n" + other).violations())
        .extracting(Violation::message)
        .containsExactly("'checkout' is also the name of the SLO at a:4");
  }

  @Test
  void whatIsNoDialectIsRefusedAsEver() {
    for (String wrong : List.of("name: ___", "name: Größe", "name: " + "A".repeat(64))) {
      String yaml = VALID.replace("name: checkout", wrong);
      assertThat(lenient(yaml).violations()).isEqualTo(strict(yaml).violations()).hasSize(1);
    }
  }

  private static void agrees(String right, String wrong, String found, String lenient) {
    assertThat(wrong).isNotEqualTo(right);
    Parsed refused = strict(wrong);
    assertThat(refused.violations())
        .extracting(each -> each.rule() + " " + each.path())
        .containsExactly(found);
    assertThat(refused.violations().getFirst().message()).endsWith("; --lenient " + lenient);
    assertThat(refused.warnings()).isEmpty();
    Parsed read = lenient(wrong);
    assertThat(read.violations()).isEmpty();
    assertThat(read.warnings())
        .extracting(each -> each.rule() + " " + each.path())
        .containsExactly(found);
    assertThat(read.warnings().getFirst().message()).endsWith("; lenient reading " + lenient);
    assertThat(read.slos())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("place")
        .isEqualTo(strict(right).slos())
        .isNotEmpty();
  }

  private static Parsed strict(String yaml) {
    return OpenSlo.read("a", yaml);
  }

  private static Parsed lenient(String yaml) {
    return OpenSlo.read(List.of(new Source("a", yaml)), Reading.LENIENT);
  }
}
