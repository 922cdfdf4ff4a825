// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.backtest.history.Entry.Incident;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.SloId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What counts as detected, true and reset, on alerts written by hand. */
class ScoringTest {

  private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(60);

  @Test
  void alertsOfOneSloThatAreOpenTogetherAreOne() {
    Score score =
        score(
            List.of(incident(100, 200, "eu")),
            alert("eu", 110, 230),
            alert("global", 115, 240),
            alert("ap", 400, 420));
    assertThat(score.alerts()).isEqualTo(2);
    assertThat(score.right()).isEqualTo(1);
    assertThat(score.detected()).isEqualTo(1);
    assertThat(score.detections()).containsExactly(Duration.ofSeconds(10));
    assertThat(score.resets()).containsExactly(Duration.ofSeconds(40));
  }

  @Test
  void anAlertOfAnotherRegionDetectsNothing() {
    Score score = score(List.of(incident(100, 200, "eu")), alert("ap", 110, 230));
    assertThat(score.detected()).isZero();
    assertThat(score.right()).isZero();
    assertThat(score.cases()).isEqualTo(1);
  }

  @Test
  void untilTheGraceIsOverAnAlertIsAboutItsIncident() {
    List<Incident> incidents = List.of(incident(100, 200, "eu"));
    assertThat(score(incidents, alert("eu", 260, 300)).detections())
        .containsExactly(Duration.ofSeconds(160));
    assertThat(score(incidents, alert("eu", 261, 300)).detected()).isZero();
    assertThat(score(incidents, alert("eu", 20, 99)).detected()).isZero();
  }

  @Test
  void anAlertThatIsOpenAlreadyDetectsAtOnceAndOneThatIsOverResetsAtOnce() {
    Score score = score(List.of(incident(100, 200, "eu")), alert("eu", 50, 150));
    assertThat(score.detections()).containsExactly(Duration.ZERO);
    assertThat(score.resets()).containsExactly(Duration.ZERO);
  }

  @Test
  void oneAlertOverTwoIncidentsDetectsBoth() {
    Score score =
        score(
            List.of(incident(100, 200, "eu"), incident(150, 300, "ap")), alert("global", 120, 350));
    assertThat(score.alerts()).isEqualTo(1);
    assertThat(score.right()).isEqualTo(1);
    assertThat(score.detections()).containsExactly(Duration.ofSeconds(20), Duration.ZERO);
    assertThat(score.resets()).containsExactly(Duration.ofSeconds(150), Duration.ofSeconds(50));
  }

  @Test
  void whatIsStillOpenHasNoReset() {
    Score score = score(List.of(incident(100, 200, "eu")), alert("eu", 110, -1));
    assertThat(score.resets()).isEmpty();
    assertThat(score.open()).isEqualTo(1);
  }

  @Test
  void anIncidentOfAnotherSloIsNoCase() {
    Incident other = new Incident("other", at(100), at(200), List.of("search"), List.of());
    Score score = score(List.of(other), alert("eu", 110, 150));
    assertThat(score.cases()).isZero();
    assertThat(score.right()).isZero();
    assertThat(score.alerts()).isEqualTo(1);
  }

  @Test
  void theMedianIsOneThatWasSeen() {
    List<Duration> times =
        List.of(Duration.ofSeconds(9), Duration.ofSeconds(1), Duration.ofSeconds(4));
    assertThat(Score.median(times)).contains(Duration.ofSeconds(4));
    assertThat(Score.median(times.subList(0, 2))).contains(Duration.ofSeconds(1));
    assertThat(Score.median(List.of())).isEmpty();
  }

  @Test
  void sharesAreComparedExactly() {
    Score score = new Score(1, 3, 2, 3, List.of(Duration.ZERO, Duration.ZERO), List.of(), 0);
    assertThat(score.precise(new BigDecimal("0.666"))).isTrue();
    assertThat(score.precise(new BigDecimal("0.667"))).isFalse();
    assertThat(score.recalls(new BigDecimal("0.667"))).isFalse();
    Score nothing = new Score(1, 0, 0, 0, List.of(), List.of(), 0);
    assertThat(nothing.precise(BigDecimal.ONE)).isTrue();
  }

  private static Score score(List<Incident> incidents, Alert... alerts) {
    return new Scoring(incidents, GRACE).of("checkout", List.of(alerts));
  }

  private static Incident incident(int begin, int end, String region) {
    return new Incident("incident", at(begin), at(end), List.of("checkout"), List.of(region));
  }

  private static Alert alert(String scope, int opened, int resolved) {
    BurnPolicy policy =
        new BurnPolicy(
            "page-2m",
            Duration.ofMinutes(2),
            Duration.ofSeconds(20),
            BigDecimal.TEN,
            Severity.PAGE);
    Optional<Instant> over = resolved < 0 ? Optional.empty() : Optional.of(at(resolved));
    return new Alert(
        new SloId("default", "checkout"), scope, policy, at(opened), at(opened), over, over);
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
