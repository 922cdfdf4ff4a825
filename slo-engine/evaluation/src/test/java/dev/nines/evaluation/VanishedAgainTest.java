// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.CHECKOUT;
import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.BurnRecord.Vanished;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slo;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What was gone once is not usual, and what is gone for good is not told for ever. */
class VanishedAgainTest extends VanishedScenario {

  private static final int DAY = 1_440;

  /** The first Sunday from 13:00 to 14:00; the next one "us" again, and "eu" from 11:30 on. */
  @Test
  void lastWeeksOutageIsNotUsual() {
    both(-8 * DAY, 0);
    run(60, second -> USUAL, "eu", "us");
    run(60, second -> 0, "eu", "us");
    run(10, second -> USUAL, "eu", "us");
    assertThat(bench.vanished())
        .filteredOn(vanished -> vanished.scope().equals("us"))
        .extracting(Vanished::state, Vanished::at)
        .containsExactly(tuple(State.FIRING, minute(65)), tuple(State.RESOLVED, minute(123)));

    // A week that need not be played: they are gone, and nothing is measured.
    bench.send(bench.progress("eu", 0, 1, bench.now(), true));
    bench.send(bench.progress("us", 0, 1, bench.now(), true));
    bench.pass(Duration.ofMinutes(7 * DAY - 160));
    both(130, 7 * DAY - 30);
    Instant again = START.plus(Duration.ofDays(7)).plusSeconds(3_600);
    run(240, second -> 0, second -> second < again.getEpochSecond() ? USUAL : 0);
    assertThat(bench.vanished())
        .as("told again, after five measured minutes, and not taken back")
        .filteredOn(vanished -> !vanished.scope().equals("global"))
        .extracting(Vanished::scope, Vanished::state, Vanished::at)
        .containsExactly(
            tuple("eu", State.FIRING, minute(7 * DAY - 24)),
            tuple("us", State.FIRING, again.plusSeconds(300)));
  }

  @Test
  void nothingIsNotBackWhereNothingIsExpected() {
    assertThat(Traffic.back(0, 0)).isFalse();
    assertThat(Traffic.back(1, 0)).isTrue();
  }

  @Test
  void gapsAtTheStartHideNoOutage() {
    run(70, USUAL);
    run(4, 0);
    silence(20);
    run(4, 0);
    silence(20);
    assertThat(bench.vanished()).as("no five minutes are measured").isEmpty();
    run(8, 0);
    assertThat(bench.vanished())
        .as("minutes are dropped in fives: 2 of the 7 are in the mean")
        .extracting(Vanished::scope, Vanished::state, Vanished::expected)
        .containsExactly(tuple("eu", State.FIRING, 2_900L), tuple("global", State.FIRING, 2_900L));
  }

  @Test
  void aRegionThatDiedIsNotToldForEver() {
    run(40, USUAL);
    run(6, 0);
    bench.pass(Duration.ofHours(23));
    assertThat(bench.vanished())
        .extracting(Vanished::state)
        .containsExactly(State.FIRING, State.FIRING, State.FROZEN, State.FROZEN);
    bench.pass(Duration.ofHours(2));
    assertThat(bench.vanished())
        .extracting(Vanished::state)
        .containsExactly(State.RESOLVED, State.RESOLVED);
  }

  @Test
  void aRegionThatLeftIsNotLate() {
    run(10, second -> USUAL, "eu", "us");
    bench.send(bench.progress("us", 0, 1, bench.now(), true));
    run(10, USUAL);
    assertThat(bench.vanishings()).isZero();
  }

  @Test
  void anObjectiveThatTurnsItOffShowsNoTraffic() {
    run(40, USUAL);
    assertThat(status().traffic()).isNotNull();
    bench.apply(2, bench.now(), Bench.vanished(SLO, Slo.Vanished.OFF));
    run(3, USUAL);
    assertThat(status().traffic()).isNull();
  }

  @Test
  void whatNoNumberHoldsIsStillMissed() {
    run(40, second -> Long.MAX_VALUE / 2, "eu", "us");
    run(6, second -> 0, "eu", "us");
    assertThat(bench.vanished())
        .allMatch(vanished -> vanished.expected() > Long.MAX_VALUE / 20)
        .extracting(Vanished::scope, Vanished::state)
        .containsExactlyInAnyOrder(
            tuple("eu", State.FIRING), tuple("us", State.FIRING), tuple("global", State.FIRING));
  }

  /** Usual minutes, counted in both regions. */
  private void both(int from, int to) {
    Cell[] usual =
        LongStream.range(from, to)
            .mapToObj(minute -> new Cell(START.getEpochSecond() + minute * 60, USUAL, USUAL))
            .toArray(Cell[]::new);
    bench.send(bench.counts(CHECKOUT, 1, "eu", bench.now(), usual));
    bench.send(bench.counts(CHECKOUT, 1, "us", bench.now(), usual));
  }
}
