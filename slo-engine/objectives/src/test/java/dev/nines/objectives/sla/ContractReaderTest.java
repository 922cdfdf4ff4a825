// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.objectives.openslo.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ContractReaderTest {

  private static final String BROKEN =
      """
      apiVersion: nines.dev/v2
      kind: Contract
      metadata:
        name: Acme
      spec:
        provider: P
        validFrom: January
        timeZone: Berlin
        services:
          - name: A
            slo: checkout
            measure: minutes
            down: {errorsAbove: 1.5, minMinutes: 0}
            interval: 7m
            monthlyFee: -1
            tiers: [{below: 99, credit: 10}, {below: 95, credit: 10}]
          - name: A
            slo: checkout
            measure: request
            monthlyFee: 1
            tiers: [{below: 99, credit: 10}, {below: 99.0, credit: 20}]
        noData: {idle: maybe}
        exclusions: {kinds: [maintenance, weather]}
        credits: {currency: EURO, cap: 101}
        extra: 1
      """;

  @Test
  void theExampleReadsAsItIsWritten() throws IOException {
    Path file =
        Path.of(System.getProperty("nines.root"), "slo-engine/examples/contracts/acme-retail.yaml");
    ParsedContract parsed = ContractReader.read("acme-retail.yaml", Files.readString(file));
    assertThat(parsed.violations()).isEmpty();
    Contract contract = parsed.contract().orElseThrow();
    assertThat(contract.customer()).isEqualTo("acme-retail");
    assertThat(contract.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(contract.services().getFirst().promised()).isEqualByComparingTo("99.99");
    assertThat(contract.services().getFirst().tiers())
        .extracting(tier -> tier.below().toPlainString() + ":" + tier.credit().toPlainString())
        .containsExactly("95:100", "99:30", "99.99:10");
    assertThat(contract.exclusions().notice()).isEqualTo(Duration.ofHours(72));
    assertThat(contract.credits().currency().getCurrencyCode()).isEqualTo("EUR");
  }

  @Test
  void approvalIsNeededWhereTheContractSaysSo() throws IOException {
    String yaml =
        Files.readString(
            Path.of(
                System.getProperty("nines.root"),
                "slo-engine/examples/contracts/acme-retail.yaml"));
    for (String word : List.of("required", "none")) {
      String asking =
          yaml.replace("treatment: removed", "treatment: removed\n    approval: " + word);
      assertThat(
              ContractReader.read("c.yaml", asking)
                  .contract()
                  .orElseThrow()
                  .exclusions()
                  .approvalNeeded())
          .isEqualTo(word.equals("required"));
    }
    String wrong = yaml.replace("treatment: removed", "treatment: removed\n    approval: maybe");
    assertThat(ContractReader.read("c.yaml", wrong).violations())
        .extracting(Violation::path)
        .containsExactly("spec.exclusions.approval");
  }

  @Test
  void everyMistakeIsNamedAtOnceWithItsLine() {
    List<Violation> violations = ContractReader.read("c.yaml", BROKEN).violations();
    assertThat(violations)
        .extracting(violation -> violation.line() + " " + violation.path() + " " + violation.rule())
        .containsExactly(
            "1 apiVersion one-of",
            "4 metadata.name dns-label",
            "7 spec.validFrom month",
            "8 spec.timeZone time-zone",
            "12 spec.services[0].measure one-of",
            "13 spec.services[0].down.errorsAbove range",
            "13 spec.services[0].down.minMinutes range",
            "14 spec.services[0].interval divides",
            "15 spec.services[0].monthlyFee range",
            "16 spec.services[0].tiers order",
            "17 spec.services[1] duplicate",
            "21 spec.services[1].tiers duplicate",
            "22 spec.noData.idle one-of",
            "23 spec.exclusions.maintenance required",
            "23 spec.exclusions.kinds[1] one-of",
            "24 spec.credits.rounding required",
            "24 spec.credits.currency currency",
            "24 spec.credits.cap range",
            "25 spec.extra unknown-field");
  }

  @Test
  void aGroupIsNamedAsCountsNameIt() throws IOException {
    Path file =
        Path.of(System.getProperty("nines.root"), "slo-engine/examples/contracts/globex.yaml");
    String yaml = Files.readString(file);
    Contract contract = ContractReader.read("c", yaml).contract().orElseThrow();
    assertThat(contract.services().getFirst().group()).isEqualTo("globex");
    assertThat(ContractReader.read("c", yaml.replace("group: globex", "group: ' globex'")))
        .extracting(ParsedContract::violations)
        .asInstanceOf(InstanceOfAssertFactories.list(Violation.class))
        .extracting(Violation::rule, Violation::message)
        .containsExactly(tuple("group", "is no group's name: counts would call it 'globex'"));
  }

  @Test
  void whatIsNoContractIsRefused() {
    for (String text : List.of("", "a: [", "- 1\n", "a: 1\n---\nb: 2\n", "kind: Contract\n")) {
      ParsedContract parsed = ContractReader.read("c.yaml", text);
      assertThat(parsed.contract()).as(text).isEmpty();
      assertThat(parsed.violations()).as(text).isNotEmpty();
    }
  }
}
