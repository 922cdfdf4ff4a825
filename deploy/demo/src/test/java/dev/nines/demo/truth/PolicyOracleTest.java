// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Target 90 %, factor 2: a window burns when more than a fifth of it is bad. */
class PolicyOracleTest {

  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  private static final Objective.Policy POLICY =
      new Objective.Policy(
          Duration.ofSeconds(120), Duration.ofSeconds(20), new BigDecimal("2"), "page");
  private static final BigDecimal TARGET = new BigDecimal("0.9");

  @Test
  void nothingIsDueWhileFewAreBad() {
    List<PolicyOracle.Arrival> arrivals = new ArrayList<>();
    for (int second = 0; second < 100; second++) {
      arrivals.add(arrival(second, 10, second % 10 == 0 ? 1 : 0));
    }
    assertThat(due(arrivals)).isEmpty();
  }

  @Test
  void theBatchThatTipsItIsTheEarliest() {
    List<PolicyOracle.Arrival> arrivals = new ArrayList<>();
    for (int second = 0; second < 100; second++) {
      arrivals.add(arrival(second, 10, second >= 60 ? 10 : 0));
    }
    PolicyOracle.Due due = due(arrivals).orElseThrow();
    // 600 good come before: more than 150 bad are needed for a fifth, so the 16th bad batch tips.
    assertThat(due.earliest()).isEqualTo(START.plusSeconds(75));
    assertThat(due.lasted()).isTrue();
    assertThat(Instant.ofEpochSecond(0, due.firstBadNanos())).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void aBurnThatIsOverBeforeTenSecondsOwesNoPage() {
    List<PolicyOracle.Arrival> arrivals =
        new ArrayList<>(List.of(arrival(0, 10, 0), arrival(1, 10, 10), arrival(2, 1_000, 0)));
    Optional<PolicyOracle.Due> due = due(arrivals);
    assertThat(due.map(PolicyOracle.Due::lasted).orElse(false)).isFalse();
  }

  @Test
  void whatWasNotMeasuredSpendsNothing() {
    List<PolicyOracle.Arrival> arrivals = new ArrayList<>();
    for (int second = 0; second < 30; second++) {
      arrivals.add(arrival(second, 10, 10));
    }
    Instant lateEffect = START.plusSeconds(1_000);
    assertThat(new PolicyOracle(TARGET, lateEffect).firstDue(POLICY, arrivals)).isEmpty();
  }

  private static Optional<PolicyOracle.Due> due(List<PolicyOracle.Arrival> arrivals) {
    return new PolicyOracle(TARGET, START.minusSeconds(600)).firstDue(POLICY, arrivals);
  }

  private static PolicyOracle.Arrival arrival(int second, int events, int bad) {
    Instant at = START.plusSeconds(second);
    long nanos = at.getEpochSecond() * 1_000_000_000L;
    Count count = new Count(events - bad, events);
    return new PolicyOracle.Arrival(at, List.of(new PolicyOracle.Events(nanos, count)));
  }
}
