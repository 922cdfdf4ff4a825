// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.catalog.Gating.Reason;
import dev.nines.objectives.Gate;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatingTest {

  private static final Instant NOW = Samples.NOW;

  /** Spent, coverage, seconds since it was evaluated, what fires; which rules deny. */
  @ParameterizedTest
  @CsvSource({
    "0.5,     1,    10,  '',        ''",
    "0.8999,  1,    10,  '',        ''",
    "0.9,     1,    10,  '',        budget",
    "3,       0.95, 10,  page-1h,   budget burning",
    "0.5,     1,    10,  page-1h,   burning",
    "0.5,     1,    10,  ticket-3d, ''",
    "0.5,     0.9,  10,  '',        ''",
    "0.5,     0.89, 10,  '',        unmeasured",
    "0.5,     1,    300, '',        ''",
    "0.5,     1,    301, '',        unmeasured",
  })
  void eachRuleDenies(String spent, String coverage, int age, String fires, String denying) {
    Slo slo = slo("unmeasured=closed spent=0.9");
    List<Reason> reasons =
        Gating.reasons(slo, slo.gate(), "", List.of(status(slo, spent, coverage, age, fires)), NOW);
    assertThat(reasons.stream().filter(Reason::denies).map(Reason::rule))
        .containsExactlyInAnyOrder(denying.isEmpty() ? new String[0] : denying.split(" "));
    assertThat(reasons).as("the budget is always told").anyMatch(r -> r.rule().equals("budget"));
  }

  @ParameterizedTest
  @CsvSource({
    "unmeasured=open,                  0.1, page-1h,   burning",
    "unmeasured=open burning=off,      0.1, page-1h,   ''",
    "unmeasured=open burning=ticket,   0.1, ticket-3d, burning",
    "unmeasured=closed burning=ticket, 0.1, '',        unmeasured",
  })
  void theObjectiveSaysWhatCounts(String gate, String coverage, String fires, String denying) {
    Slo slo = slo(gate);
    List<Reason> reasons =
        Gating.reasons(slo, slo.gate(), "", List.of(status(slo, "0.5", coverage, 1, fires)), NOW);
    assertThat(reasons.stream().filter(Reason::denies).map(Reason::rule))
        .containsExactlyInAnyOrder(denying.isEmpty() ? new String[0] : denying.split(" "));
    assertThat(reasons).anyMatch(reason -> reason.rule().equals("unmeasured"));
  }

  @Test
  void whereNothingWasCountedTheObjectiveSaysWhat() {
    Slo closed = slo("unmeasured=closed");
    assertThat(Gating.reasons(closed, closed.gate(), "", List.of(), NOW))
        .extracting(Reason::denies)
        .containsExactly(true);
    Slo open = slo("unmeasured=open");
    assertThat(Gating.reasons(open, open.gate(), "", List.of(), NOW))
        .extracting(Reason::denies)
        .containsExactly(false);
  }

  /** A region that is named is asked too; one that nobody knows, mistyped or new, is not passed. */
  @Test
  void theRegionThatIsChangedIsAskedToo() {
    Slo slo = slo("unmeasured=closed");
    SloStatus global = status(slo, "0.5", "1", 1, "");
    assertThat(Gating.reasons(slo, slo.gate(), "eu-wset-1", List.of(global), NOW))
        .filteredOn(Reason::denies)
        .extracting(Reason::scope, Reason::rule)
        .containsExactly(tuple("eu-wset-1", "unmeasured"));
    assertThat(Gating.reasons(slo, slo.gate(), "", List.of(global), NOW)).noneMatch(Reason::denies);
  }

  /** Health of a service that nobody reaches any more is perfect. */
  @ParameterizedTest
  @CsvSource({"301, false, unmeasured", "299, false, ''", "-1, true, burning", "-1, false, ''"})
  void silenceAndVanishedTrafficClose(int silentSeconds, boolean vanished, String denying) {
    Slo slo = slo("unmeasured=closed");
    SloStatus healthy = status(slo, "0", "1", 1, "");
    SloStatus status = withTraffic(healthy, silentSeconds, vanished);
    assertThat(
            Gating.reasons(slo, slo.gate(), "", List.of(status), NOW).stream()
                .filter(Reason::denies)
                .map(Reason::rule))
        .containsExactlyElementsOf(denying.isEmpty() ? List.of() : List.of(denying));
  }

  /** A composite has no traffic of its own that could be gone. */
  @ParameterizedTest
  @CsvSource({"PAGE, true", "TICKET, true", "OFF, false"})
  void aComponentWhoseTrafficIsGoneCloses(Gate.Burning burning, boolean denies) {
    Slo component = slo("unmeasured=open");
    SloStatus healthy = status(component, "0", "1", 1, "");
    SloStatus status = withTraffic(healthy, -1, true);
    Gate asked = new Gate(BigDecimal.ONE, burning, Gate.Unmeasured.OPEN);
    assertThat(Gating.vanished(component, asked, "", List.of(status)))
        .extracting(Reason::rule)
        .containsExactlyElementsOf(denies ? List.of("burning") : List.of());
    assertThat(Gating.vanished(component, asked, "", List.of(healthy))).isEmpty();
  }

  @Test
  void figuresAreCutOffAndNotRoundedUp() {
    Slo slo = slo("unmeasured=closed");
    List<Reason> reasons =
        Gating.reasons(slo, slo.gate(), "", List.of(status(slo, "0.999999999", "1", 1, "")), NOW);
    assertThat(reasons)
        .extracting(Reason::text)
        .containsExactly("99.99 % of the error budget is spent; from 100 % on nothing is changed");
  }

  private static SloStatus withTraffic(SloStatus healthy, int silentSeconds, boolean vanished) {
    return new SloStatus(
        healthy.slo(),
        1,
        1,
        healthy.scope(),
        healthy.asOf(),
        healthy.target(),
        healthy.period(),
        healthy.periodFrom(),
        90,
        100,
        0,
        0,
        90,
        100,
        0,
        healthy.budgetSpent(),
        null,
        List.of(),
        healthy.coverage(),
        NOW,
        silentSeconds < 0 ? null : NOW.minusSeconds(silentSeconds),
        silentSeconds < 0 ? List.of() : List.of("eu"),
        new SloStatus.Traffic(NOW, 3, 1_000L, vanished),
        List.of(),
        null);
  }

  static Slo slo(String gate) {
    String yaml =
        Samples.yaml("a", "s", "0.999")
            .replace("{name: a}", "{name: a, annotations: {nines.dev/gate: '" + gate + "'}}");
    return Samples.slos(yaml).slos().getFirst().of("t", 1);
  }

  static SloStatus status(Slo slo, String spent, String coverage, int ageSeconds, String fires) {
    List<SloStatus.Burn> burns =
        slo.policies().stream()
            .map(
                policy ->
                    new SloStatus.Burn(
                        policy.name(),
                        BigDecimal.TEN,
                        new BigDecimal("20.06"),
                        policy.factor(),
                        policy.name().equals(fires)))
            .toList();
    return new SloStatus(
        slo.id(),
        1,
        1,
        SloStatus.GLOBAL,
        NOW.minusSeconds(ageSeconds),
        slo.target(),
        slo.period(),
        NOW.minus(Duration.ofDays(30)),
        90,
        100,
        0,
        0,
        90,
        100,
        0,
        new BigDecimal(spent),
        null,
        burns,
        new BigDecimal(coverage),
        NOW,
        null,
        List.of(),
        null,
        List.of(),
        null);
  }
}
