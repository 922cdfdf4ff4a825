// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.BurnRecord.Change;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Slo;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An engine that is killed again seconds after it came back, as often as it takes: what is judged
 * where it is complete, and burns, is told in the first of its lives that reads so.
 */
class ComesBackTest {

  private static final Slo SPANS =
      Bench.slo(
          "checkout",
          1,
          "0.99",
          Duration.ofHours(1),
          Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10"));

  private static final int LATENESS_SECONDS = 5;

  /** From here on all are bad. */
  private static final int BURNS_FROM = 60;

  /**
   * What burns, and when it is known to.
   *
   * @param badSlices of ten seconds, that make the policy true
   */
  private enum Budget {
    OF_COUNTERS(Bench.counting(MetricScenario.RATIO.indicator(), SPANS), 1),
    /** One slice of eight is bad there, too: burns are of whole two minutes. */
    OF_SLICES(
        Bench.sliced(
            new Budgeting.Timeslices(Duration.ofSeconds(10), new BigDecimal("0.95")), SPANS),
        2);

    private final Slo slo;
    private final int badSlices;

    Budget(Slo slo, int badSlices) {
      this.slo = slo;
      this.badSlices = badSlices;
    }

    boolean ofCounters() {
      return this == OF_COUNTERS;
    }

    /** The last of the slices has begun: judged in a silence, by what came of it, it may be bad. */
    int burnsAt() {
      return BURNS_FROM + 10 * (badSlices - 1);
    }

    int knownAt() {
      return BURNS_FROM + 10 * badSlices + LATENESS_SECONDS;
    }
  }

  @TempDir Path state;
  private final AtomicLong seq = new AtomicLong();

  @ParameterizedTest
  @EnumSource(Budget.class)
  void theFirstLifeThatReadsOfABurnTellsIt(Budget budget) {
    Random random = new Random(7);
    for (int run = 0; run < 500; run++) {
      Life life = new Life(budget, state.resolve(budget.name() + run));
      List<String> lives = new ArrayList<>();
      int from = 1;
      int to = BURNS_FROM + random.nextInt(30);
      while (life.told.isEmpty() && from < 500) {
        lives.add(from + " to " + to);
        life.from(from, to, from == 1 ? to : 1 + random.nextInt(2 * (to - life.read)));
        if (life.read >= budget.knownAt() || life.read < budget.burnsAt()) {
          assertThat(life.told.isPresent())
              .as("%s, run %d: alive %s, read %d", budget, run, lives, life.read)
              .isEqualTo(life.read >= budget.knownAt());
        }
        from = to + 1 + random.nextInt(30);
        to = from + 1 + random.nextInt(5);
        life.engine.die();
      }
    }
  }

  /** Of one engine, in seconds from the start. */
  private final class Life {
    private final Budget budget;
    private final Revived engine;
    private Optional<Change> told = Optional.empty();
    private int read;

    Life(Budget budget, Path folder) {
      this.budget = budget;
      this.engine = new Revived(folder, START.minusSeconds(3_600), budget.slo);
    }

    /**
     * @param most so many seconds of the log are read, then it dies, in a backlog mostly
     */
    void from(int from, int to, int most) {
      int last = read + most;
      for (int second = from; second < to && read < last && told.isEmpty(); second++) {
        Instant now = START.plusSeconds(second);
        engine.tick(now);
        while (read < Math.min(second, last)) {
          read++;
          count(read);
        }
        engine.tick(now);
        told = engine.changes().stream().filter(c -> c.state() == State.FIRING).findFirst();
      }
    }

    /** What was counted in a second, and that all of it was. */
    private void count(int second) {
      Instant at = START.plusSeconds(second);
      send(at, new Cell(MetricScenario.slice(at), second < BURNS_FROM ? 10 : 0, 10));
      boolean series = budget.ofCounters();
      Instant complete = at.minusSeconds(LATENESS_SECONDS);
      engine.send(
          new CompleteTo("eu", 0, 1, at, complete, false, series, "1_0", seq.incrementAndGet()));
    }

    private void send(Instant at, Cell cell) {
      Source source = budget.ofCounters() ? Source.COUNTERS : Source.SPANS;
      engine.send(
          new Counts(
              budget.slo.id(),
              1,
              "eu",
              at,
              "",
              List.of(cell),
              0,
              source,
              false,
              "1_0",
              seq.incrementAndGet()));
    }
  }
}
