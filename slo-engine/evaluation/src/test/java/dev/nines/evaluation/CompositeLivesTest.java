// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.START;
import static dev.nines.evaluation.Composites.CART;
import static dev.nines.evaluation.Composites.PATH;
import static dev.nines.evaluation.Composites.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord.Change;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.BurnRecord.Vanished;
import dev.nines.objectives.CompositeIndicator.Kind;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Composites whose components are replaced, shared, restarted, behind, or half told. */
class CompositeLivesTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LATENESS = Duration.ofSeconds(30);
  private static final BurnPolicy PAGE =
      Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "5");

  @TempDir Path state;
  private Bench bench;
  private long seq;

  @BeforeEach
  void open() {
    bench = new Bench(state.resolve("bench"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /**
   * The other half of what eu counted at once is still to come when us tells, and at a boundary.
   */
  @Test
  void noRecordAndNoBoundaryJudgesHalfOfABatch() {
    bench.apply(1, START.minus(HOUR), Composites.of(Kind.WEIGHTED, "0.9", HOUR, PAGE));
    send(CART, 1, "eu", true, Source.SPANS, 0, 10);
    send(CART, 1, "us", false, Source.SPANS, 1, 1);
    bench.pass(Duration.ofSeconds(10));
    assertThat(bench.changes()).isEmpty();
    send(PAYMENT, 1, "eu", false, Source.SPANS, 1_000, 1_000);
    bench.pass(Duration.ofSeconds(10));
    assertThat(bench.changes()).isEmpty();
    assertThat(paths(bench.statuses().stream(), 1)).isNotEmpty();
  }

  /** The former composite has cart as well, and is not judged late. */
  @Test
  void aSharedComponentIsJudgedWithTheCompositeThatIsInForce() {
    bench.apply(1, START.minus(HOUR), Composites.of(Kind.WEIGHTED, "0.99", HOUR, PAGE));
    send(CART, 1, "eu", false, Source.SPANS, 10, 10);
    bench.pass(Duration.ofSeconds(10));
    bench.apply(2, START, spansAndCounters(2));
    for (int second = 10; second < 180; second += 10) {
      report(bench::send, bench.now());
      send(CART, 1, "eu", false, Source.SPANS, second < 100 ? 100 : 0, 100);
      bench.pass(Duration.ofSeconds(10));
      Instant complete = bench.now().minus(LATENESS);
      assertThat(paths(bench.statuses().stream(), 2))
          .allSatisfy(status -> assertThat(status.asOf()).isBeforeOrEqualTo(complete));
    }
  }

  @Test
  void aRestartJudgesNothingBeforeItIsComplete() {
    Revived engine = new Revived(state.resolve("revived"), START.minus(HOUR), spansAndCounters(1));
    for (int second = 0; second < 100; second += 10) {
      Instant now = START.plusSeconds(second);
      engine.tick(now);
      report(engine::send, now);
      engine.send(counts(CART, 1, "eu", now, false, Source.SPANS, 100, 100));
      engine.send(counts(PAYMENT, 1, "eu", now, false, Source.COUNTERS, 100, 100));
    }
    engine.die();
    engine.reset();
    Instant now = START.plusSeconds(100);
    report(engine::send, now);
    engine.tick(now);
    List<SloStatus> told = paths(engine.statuses(), 1);
    assertThat(told).isNotEmpty();
    assertThat(told)
        .allSatisfy(status -> assertThat(status.asOf()).isBeforeOrEqualTo(now.minus(LATENESS)));
  }

  /** Nobody would end it any more: its line counts nothing, and the composite has another. */
  @Test
  void whatVanishedOfAComponentThatWasReplacedIsOver() {
    bench.apply(1, START.minus(HOUR), Composites.of(Kind.SERIAL, "0.9", HOUR, PAGE));
    for (int second = 0; second < 5_400; second += 10) {
      bench.send(bench.progress("eu", 0, 1, bench.now(), false));
      if (second < 4_200) {
        send(CART, 1, "eu", false, Source.SPANS, 600, 600);
      }
      send(PAYMENT, 1, "eu", false, Source.SPANS, 600, 600);
      bench.pass(Duration.ofSeconds(10));
    }
    assertThat(bench.vanished())
        .extracting(Vanished::slo, Vanished::state)
        .contains(tuple(CART, State.FIRING))
        .doesNotContain(tuple(CART, State.RESOLVED));
    Slo[] slos = Composites.of(Kind.SERIAL, "0.9", HOUR, PAGE);
    slos[0] = Composites.with(slos[0], 2, slos[0].indicator(), 0);
    slos[1] = Composites.with(slos[1], 2, slos[1].indicator(), 0);
    bench.apply(2, bench.now(), slos);
    bench.pass(Duration.ofSeconds(20));
    assertThat(bench.vanished())
        .extracting(Vanished::slo, Vanished::state)
        .contains(tuple(CART, State.RESOLVED));
  }

  /** For regions that report together no longer, all of them wait 5 min at most. */
  @Test
  void oneTrackThatIsSilentHoldsUpNoAlertThatWaits() {
    BurnPolicy waits =
        new BurnPolicy(
            "after",
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            new BigDecimal("5"),
            BurnPolicy.Severity.PAGE,
            false,
            60);
    Slo[] slos = Composites.of(Kind.SERIAL, "0.9", HOUR, waits);
    slos[2] = Composites.with(slos[2], 1, MetricScenario.HISTOGRAM.indicator(), 0);
    bench.apply(1, START.minus(HOUR), slos);
    send(PAYMENT, 1, "eu", false, Source.HISTOGRAMS, 100, 100);
    for (int second = 0; second < 900; second += 10) {
      bench.send(bench.progress("eu", 0, 1, bench.now(), false));
      if (second < 30) {
        bench.send(series(bench.now()));
      }
      send(CART, 1, "eu", false, Source.SPANS, second < 420 ? 100 : 0, 100);
      bench.pass(Duration.ofSeconds(10));
    }
    assertThat(bench.changes())
        .filteredOn(change -> change.state() == State.FIRING)
        .extracting(Change::slo, Change::scope)
        .contains(tuple(PATH, "eu"), tuple(PATH, "global"));
  }

  private static Slo[] spansAndCounters(long line) {
    Slo[] slos = Composites.of(Kind.WEIGHTED, "0.99", HOUR, PAGE);
    slos[0] = Composites.with(slos[0], line, slos[0].indicator(), 0);
    slos[2] = Composites.with(slos[2], line, MetricScenario.RATIO.indicator(), 0);
    return slos;
  }

  private static List<SloStatus> paths(Stream<SloStatus> statuses, long line) {
    return statuses.filter(status -> status.slo().equals(PATH) && status.line() == line).toList();
  }

  private void send(
      SloId slo, long line, String region, boolean partial, Source source, long good, long total) {
    bench.send(counts(slo, line, region, bench.now(), partial, source, good, total));
  }

  private Counts counts(
      SloId slo,
      long line,
      String region,
      Instant at,
      boolean partial,
      Source source,
      long good,
      long total) {
    Cell cell = new Cell(Math.floorDiv(at.getEpochSecond(), 10) * 10, good, total);
    String task = source == Source.SPANS ? "3_0" : "3_1";
    return new Counts(slo, line, region, at, "", List.of(cell), 0, source, partial, task, ++seq);
  }

  private void report(Consumer<CountRecord> to, Instant at) {
    to.accept(new CompleteTo("eu", 0, 1, at, at.minus(LATENESS), false, false, "4_0", ++seq));
    to.accept(series(at));
  }

  private CompleteTo series(Instant at) {
    return new CompleteTo("eu", 0, 1, at, at.minus(LATENESS), false, true, "4_1", ++seq);
  }
}
