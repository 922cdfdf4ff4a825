// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import static dev.nines.objectives.sla.Exclusion.Kind.CUSTOMER;
import static dev.nines.objectives.sla.Exclusion.Kind.FORCE_MAJEURE;
import static dev.nines.objectives.sla.Exclusion.Kind.MAINTENANCE;
import static dev.nines.objectives.sla.Samples.FROM;
import static dev.nines.objectives.sla.Samples.exclusion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulingsTest {

  private static final Period PERIOD =
      new Period(FROM, FROM.plus(Duration.ofDays(31)), ZoneOffset.UTC);

  private final Contract.Service service = Samples.service(Measure.MINUTE, Samples.minuteTiers());
  private final Contract contract = Samples.contract(service);

  @Test
  void maintenanceNeedsItsNotice() {
    Instant at = FROM.plus(Duration.ofDays(5));
    Rulings rulings =
        rule(
            exclusion("late", MAINTENANCE, at, Duration.ofHours(1), at.minusSeconds(72 * 3600 - 1)),
            exclusion(
                "in-time",
                MAINTENANCE,
                at.plus(Duration.ofHours(2)),
                Duration.ofHours(1),
                at.plus(Duration.ofHours(2)).minusSeconds(72 * 3600)));
    assertThat(rulings.rulings())
        .extracting(Rulings.Ruling::exclusion, Rulings.Ruling::minutes, Rulings.Ruling::reason)
        .containsExactly(
            tuple("late", 0, "announced less than 3d before"), tuple("in-time", 60, ""));
    assertThat(rulings.excluded().cardinality()).isEqualTo(60);
  }

  @Test
  void maintenanceOfAMonthIsUsedUpInOrder() {
    Rulings rulings =
        rule(
            exclusion("b", MAINTENANCE, FROM.plus(Duration.ofDays(9)), Duration.ofHours(3)),
            exclusion("a", MAINTENANCE, FROM.plus(Duration.ofDays(8)), Duration.ofHours(2)),
            exclusion("c", FORCE_MAJEURE, FROM.plus(Duration.ofDays(10)), Duration.ofHours(9)));
    assertThat(rulings.rulings())
        .extracting(Rulings.Ruling::minutes)
        .containsExactly(120, 120, 540);
    assertThat(rulings.rulings().get(1).reason()).isEqualTo("60 min are beyond the month's 4h");
  }

  @Test
  void aKindWithoutAClauseCountsForNothing() {
    Rulings rulings = rule(exclusion("x", CUSTOMER, FROM, Duration.ofHours(1)));
    assertThat(rulings.excluded().isEmpty()).isTrue();
    assertThat(rulings.rulings().getFirst().reason())
        .isEqualTo("the contract has no clause for customer");
  }

  @Test
  void aContractThatAsksForApprovalRulesOutWhatNobodyApproved() {
    Exclusion declared = exclusion("x", FORCE_MAJEURE, FROM, Duration.ofHours(1));
    assertThat(rule(declared).excluded().cardinality()).isEqualTo(60);
    Contract asking = Samples.approvalNeeded(contract);
    assertThat(rule(asking, declared).rulings().getFirst().reason())
        .isEqualTo("nobody approved it");
    assertThat(rule(asking, declared).excluded().isEmpty()).isTrue();
    Exclusion approved = Samples.of(declared, "", List.of(), true);
    assertThat(rule(asking, approved).excluded().cardinality()).isEqualTo(60);
  }

  @Test
  void aPartOfAnSloIsNotLeftOutOfAContract() {
    Exclusion whole = exclusion("x", FORCE_MAJEURE, FROM, Duration.ofHours(1));
    Rulings rulings =
        rule(
            Samples.of(whole, "", List.of("eu", "us"), true),
            Samples.of(whole, "shop", List.of(), true));
    assertThat(rulings.excluded().isEmpty()).isTrue();
    assertThat(rulings.rulings())
        .extracting(Rulings.Ruling::reason)
        .containsExactly(
            "it is of eu, us alone; the contract counts all regions together",
            "it names service shop; contracts know SLOs");
  }

  @Test
  void overlapsCountOnceAndOnlyInsideThePeriod() {
    Rulings rulings =
        rule(
            exclusion("a", FORCE_MAJEURE, FROM.minusSeconds(600), Duration.ofMinutes(30)),
            exclusion("b", FORCE_MAJEURE, FROM.plusSeconds(600), Duration.ofMinutes(30)),
            exclusion("past", FORCE_MAJEURE, FROM.minusSeconds(600), Duration.ofMinutes(10)));
    assertThat(rulings.rulings()).extracting(Rulings.Ruling::minutes).containsExactly(20, 20);
    assertThat(rulings.excluded().length()).isEqualTo(40);
  }

  private Rulings rule(Exclusion... exclusions) {
    return rule(contract, exclusions);
  }

  private Rulings rule(Contract asking, Exclusion... exclusions) {
    return Rulings.of(asking, service, PERIOD, List.of(exclusions));
  }
}
