// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.START;
import static dev.nines.evaluation.Composites.CART;
import static dev.nines.evaluation.Composites.PATH;
import static dev.nines.evaluation.Composites.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord.Change;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.CompositeIndicator.Kind;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A composite of cart and payment, by hand. */
class CompositeTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final BurnPolicy PAGE =
      Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "5");

  @TempDir Path state;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(state);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** 10 of 100 and 20 of 100 fail; the budget is a tenth. */
  @ParameterizedTest
  @CsvSource({
    // (10 + 20) / 200
    "WEIGHTED, 0.850000000, 1.500000000",
    // 1 - 0.9 x 0.8
    "SERIAL, 0.720000000, 2.800000000",
    // 0.1 x 0.2
    "PARALLEL, 0.980000000, 0.200000000"
  })
  void aCompositeHasABudgetOfItsOwn(Kind kind, BigDecimal good, BigDecimal spent) {
    bench.apply(1, START.minus(HOUR), Composites.of(kind, "0.9", HOUR, PAGE));
    count(CART, 10, 100);
    count(PAYMENT, 20, 100);
    bench.pass(Duration.ofSeconds(10));
    Map<String, SloStatus> statuses = statuses();
    assertThat(statuses).containsOnlyKeys("path", "path.cart", "path.payment");
    SloStatus path = statuses.get("path");
    assertThat(path.budgetSpent()).isEqualTo(spent);
    assertThat(path.burns().getFirst().longBurn()).isEqualTo(spent);
    assertThat(path.total()).isEqualTo(200);
    assertThat(path.good()).isEqualTo(170);
    assertThat(path.target()).isEqualByComparingTo("0.9");
    SloStatus.Composite composite = path.composite();
    assertThat(composite.goodShare()).isEqualTo(good);
    assertThat(composite.assumesIndependence()).isEqualTo(kind != Kind.WEIGHTED);
    assertThat(path.quality().contains("assumes-independence")).isEqualTo(kind != Kind.WEIGHTED);
    assertThat(composite.components())
        .extracting(SloStatus.Component::slo, SloStatus.Component::good, SloStatus.Component::total)
        .containsExactly(tuple(CART, 90L, 100L), tuple(PAYMENT, 80L, 100L));
    SloStatus payment = statuses.get("path.payment");
    assertThat(payment.composite()).isNull();
    assertThat(payment.budgetSpent()).isEqualByComparingTo("2");
    assertThat(payment.burns()).isEmpty();
  }

  @Test
  void whereOneComponentHasNoEventsItDropsOut() {
    for (Kind kind : Kind.values()) {
      bench.apply(kind.ordinal() + 1, START.minus(HOUR), Composites.of(kind, "0.9", HOUR));
    }
    count(CART, 10, 100);
    bench.pass(Duration.ofSeconds(10));
    assertThat(statuses().get("path").composite().goodShare()).isEqualTo("0.900000000");
    assertThat(statuses()).isEmpty();
  }

  @Test
  void aCompositePagesAndItsComponentsDoNot() {
    bench.apply(1, START.minus(HOUR), Composites.of(Kind.SERIAL, "0.99", HOUR, PAGE));
    count(CART, 0, 100);
    assertThat(bench.changes()).isEmpty();
    count(PAYMENT, 90, 100);
    List<Change> changes = bench.changes();
    assertThat(changes)
        .extracting(Change::slo, Change::scope, Change::state, Change::longBurn)
        .containsExactly(
            tuple(PATH, "eu", State.FIRING, new BigDecimal("90.000000000")),
            tuple(PATH, "global", State.FIRING, new BigDecimal("90.000000000")));
    assertThat(changes.getFirst().badInLongWindow()).isEqualTo(90);
    assertThat(changes.getFirst().totalInLongWindow()).isEqualTo(200);
    assertThat(changes.getFirst().budgetSpent()).isEqualByComparingTo("90");
    assertThat(changes.getFirst().firstBadAt()).isEqualTo(START);
    bench.pass(Duration.ofSeconds(40));
    assertThat(bench.changes()).extracting(Change::state).containsOnly(State.RESOLVED);
  }

  /** The first record alone would page: what makes it good is in the second. */
  @Test
  void halfOfABatchIsNotJudged() {
    bench.apply(1, START.minus(HOUR), Composites.of(Kind.WEIGHTED, "0.9", HOUR, PAGE));
    bench.send(counts(CART, true, new Cell(bench.now().getEpochSecond(), 0, 10)));
    count(PAYMENT, 0, 1_000);
    bench.pass(Duration.ofSeconds(10));
    assertThat(bench.changes()).isEmpty();
    bench.send(counts(PAYMENT, true, cell(9_000, 9_000)));
    assertThat(bench.changes()).isEmpty();
    bench.send(counts(CART, false, cell(0, 1)));
    assertThat(states()).containsExactly("eu FIRING", "global FIRING");
  }

  @Test
  void lateEventsOfAComponentReviseTheComposite() {
    bench.apply(1, START.minus(HOUR.multipliedBy(5)), Composites.of(Kind.SERIAL, "0.9", HOUR));
    bench.send(progress("eu", START));
    count(CART, 0, 100);
    count(PAYMENT, 0, 100);
    bench.pass(Duration.ofSeconds(10));
    assertThat(statuses().get("path").budgetSpent()).isZero();
    bench.pass(Duration.ofSeconds(600));
    Cell late = new Cell(START.getEpochSecond(), 50, 100);
    bench.send(bench.counts(CART, 1, "eu", bench.now(), late));
    bench.pass(Duration.ofSeconds(10));
    assertThat(statuses().get("path").budgetSpent()).isEqualByComparingTo("2.5");
    assertThat(bench.ledger())
        .extracting(LedgerDelta::slo)
        .containsOnly(CART, PAYMENT)
        .doesNotContain(PATH);
  }

  /** A region where one component serves is one of the composite. */
  @Test
  void regionsAreThoseOfAnyComponent() {
    bench.apply(1, START.minus(HOUR), Composites.of(Kind.PARALLEL, "0.9", HOUR, PAGE));
    bench.send(bench.counts(CART, 1, "eu", bench.now(), cell(5, 10)));
    bench.send(bench.counts(PAYMENT, 1, "us", bench.now(), cell(5, 10)));
    bench.pass(Duration.ofSeconds(10));
    Map<String, BigDecimal> shares = new HashMap<>();
    for (SloStatus status : bench.statuses()) {
      if (status.slo().equals(PATH)) {
        shares.put(status.scope(), status.composite().goodShare());
      }
    }
    assertThat(shares)
        .isEqualTo(
            Map.of(
                "eu", new BigDecimal("0.500000000"),
                "us", new BigDecimal("0.500000000"),
                "global", new BigDecimal("0.750000000")));
  }

  /** Failures of all components together: one of cart and one of payment are two. */
  @ParameterizedTest
  @CsvSource({"2, true", "3, false"})
  void failuresOfAllComponentsCount(long least, boolean pages) {
    Slo[] slos = Composites.of(Kind.SERIAL, "0.999", HOUR, PAGE);
    slos[0] = Composites.with(slos[0], 1, slos[0].indicator(), least);
    bench.apply(1, START.minus(HOUR), slos);
    count(CART, 1, 50);
    count(PAYMENT, 1, 50);
    assertThat(bench.changes()).hasSize(pages ? 2 : 0);
  }

  /** Cart is measured in both regions, payment only in that which fell silent. */
  @Test
  void coverageIsTheLeastOfTheComponents() {
    bench.apply(1, START, Composites.of(Kind.WEIGHTED, "0.9", HOUR, PAGE));
    for (int second = 0; second < 100; second++) {
      bench.send(progress("eu", bench.now()));
      bench.send(bench.counts(CART, 1, "eu", bench.now(), cell(0, 10)));
      if (second <= 50) {
        bench.send(progress("us", bench.now()));
        bench.send(bench.counts(PAYMENT, 1, "us", bench.now(), cell(0, 10)));
      }
      bench.pass(Duration.ofSeconds(1));
    }
    bench.statuses();
    bench.send(progress("eu", bench.now()));
    bench.pass(Duration.ofSeconds(10));
    Map<String, SloStatus> statuses = statuses();
    assertThat(statuses.get("path.cart").coverage()).isEqualByComparingTo("1");
    assertThat(statuses.get("path.payment").coverage()).isLessThan(new BigDecimal("0.6"));
    SloStatus path = statuses.get("path");
    assertThat(path.coverage()).isEqualTo(statuses.get("path.payment").coverage());
    assertThat(path.unmeasuredRegions()).containsExactly("us");
    assertThat(path.unmeasuredSince()).isEqualTo(START.plusSeconds(50));
    assertThat(path.completeTo()).isEqualTo(statuses.get("path.payment").completeTo());
    assertThat(path.quality()).contains("unmeasured");
  }

  @Test
  void anAlertOfASilentRegionIsFrozen() {
    bench.apply(1, START.minus(HOUR), Composites.of(Kind.SERIAL, "0.9", HOUR, PAGE));
    bench.send(progress("eu", bench.now()));
    count(CART, 0, 10);
    count(PAYMENT, 10, 10);
    assertThat(states()).containsExactly("eu FIRING", "global FIRING");
    bench.pass(Duration.ofSeconds(60));
    List<Change> frozen = bench.changes();
    assertThat(frozen).extracting(Change::state).containsOnly(State.FROZEN);
    assertThat(frozen.getFirst().frozenRegions()).containsExactly("eu");
  }

  @Test
  void alertsOfACompositeThatIsGoneAreOver() {
    bench.apply(1, START.minus(HOUR), Composites.of(Kind.SERIAL, "0.9", HOUR, PAGE));
    count(CART, 10, 10);
    assertThat(states()).containsExactly("eu FIRING", "global FIRING");
    bench.apply(2, START.plusSeconds(10));
    bench.pass(Duration.ofSeconds(10));
    assertThat(states()).containsExactlyInAnyOrder("eu RESOLVED", "global RESOLVED");
    count(CART, 10, 10);
    bench.pass(Duration.ofSeconds(10));
    assertThat(states()).isEmpty();
  }

  /** Other weights are another line of the composite; those of the components go on. */
  @Test
  void aNewCompositeHasThePastOfItsComponents() {
    bench.apply(1, START.minus(HOUR), Composites.of(Kind.WEIGHTED, "0.9", HOUR, PAGE));
    count(CART, 50, 100);
    count(PAYMENT, 0, 1_000);
    bench.pass(Duration.ofSeconds(10));
    assertThat(statuses().get("path").composite().goodShare()).isEqualTo("0.954545455");
    Slo[] slos = Composites.of(Kind.WEIGHTED, "0.9", Map.of(CART, "10", PAYMENT, "1"), HOUR, PAGE);
    slos[0] = Composites.with(slos[0], 2, slos[0].indicator(), 0);
    bench.apply(2, START.plusSeconds(20), slos);
    bench.pass(Duration.ofSeconds(10));
    SloStatus path = statuses().get("path");
    assertThat(path.line()).isEqualTo(2);
    assertThat(path.composite().goodShare()).isEqualTo("0.750000000");
  }

  @Test
  void aBackFilledComponentIsInItsComposite() {
    Slo[] slos = Composites.of(Kind.SERIAL, "0.9", HOUR);
    bench.apply(1, START, slos);
    count(CART, 0, 100);
    count(PAYMENT, 0, 100);
    Cell past = new Cell(START.minusSeconds(600).getEpochSecond(), 50, 100);
    bench.send(
        new Past(
            slos[1],
            START,
            START.minusSeconds(1_200),
            START,
            START.plusSeconds(5),
            true,
            Map.of("eu", List.of(past)),
            "back-fill/cart",
            1));
    bench.pass(Duration.ofSeconds(10));
    SloStatus path = statuses().get("path");
    assertThat(path.composite().goodShare()).isEqualTo("0.750000000");
    assertThat(path.total()).isEqualTo(300);
  }

  /** A ratio of counters is complete 30 s behind, and so is a composite of one and of spans. */
  @Test
  void spansWaitForCounters() {
    Slo[] slos = Composites.of(Kind.SERIAL, "0.9", HOUR, PAGE);
    slos[2] = Composites.with(slos[2], 1, MetricScenario.RATIO.indicator(), 0);
    bench.apply(1, START.minus(HOUR), slos);
    for (int second = 0; second <= 90; second += 5) {
      bench.send(progress("eu", bench.now()));
      bench.send(complete(bench.now()));
      if (second == 0) {
        bench.send(ofCounters(START, new Cell(START.getEpochSecond(), 100, 100)));
      }
      if (second == 40) {
        count(CART, 100, 100);
      }
      bench.pass(Duration.ofSeconds(5));
      if (second < 75) {
        assertThat(bench.changes()).as("second %d", second).isEmpty();
      }
    }
    assertThat(bench.changes())
        .extracting(Change::slo, Change::scope, Change::state, Change::at)
        .startsWith(
            tuple(PATH, "eu", State.FIRING, START.plusMillis(49_999)),
            tuple(PATH, "global", State.FIRING, START.plusMillis(49_999)));
  }

  @Test
  void aCompositeWithoutItsComponentsIsRefused() {
    Slo[] slos = Composites.of(Kind.SERIAL, "0.9", HOUR);
    assertThatThrownBy(() -> bench.apply(1, START, slos[0], slos[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("default/path.payment");
  }

  @Test
  void aRestartForgetsNothing() {
    Slo[] slos = Composites.of(Kind.SERIAL, "0.9", HOUR, PAGE);
    Revived task = new Revived(state.resolve("revived"), START.minus(HOUR), slos);
    task.tick(START);
    task.send(bench.counts(CART, 1, "eu", START, cell(10, 10)));
    task.send(bench.counts(PAYMENT, 1, "eu", START, cell(0, 10)));
    task.reset();
    task.die();
    task.tick(START.plusSeconds(10));
    assertThat(task.statuses().filter(status -> status.slo().equals(PATH)))
        .hasSize(2)
        .allSatisfy(
            status -> {
              assertThat(status.burns().getFirst().firing()).isTrue();
              assertThat(status.composite().goodShare()).isEqualByComparingTo("0");
            });
    task.reset();
    task.tick(START.plusSeconds(40));
    assertThat(task.changes())
        .extracting(Change::slo, Change::state)
        .containsOnly(tuple(PATH, State.RESOLVED))
        .hasSize(2);
  }

  private void count(SloId component, long bad, long total) {
    bench.send(bench.counts(component, 1, "eu", bench.now(), cell(bad, total)));
  }

  private Cell cell(long bad, long total) {
    return new Cell(Math.floorDiv(bench.now().getEpochSecond(), 10) * 10, total - bad, total);
  }

  private Counts counts(SloId component, boolean partial, Cell cell) {
    Counts whole = bench.counts(component, 1, "eu", bench.now(), cell);
    return new Counts(
        component,
        1,
        "eu",
        bench.now(),
        "",
        whole.cells(),
        0,
        Source.SPANS,
        partial,
        whole.task(),
        whole.seq());
  }

  private CompleteTo progress(String region, Instant at) {
    return bench.progress(region, 0, 1, at, false);
  }

  private Counts ofCounters(Instant at, Cell cell) {
    return new Counts(
        PAYMENT, 1, "eu", at, "", List.of(cell), 0, Source.COUNTERS, false, "1_0", 1_000);
  }

  private CompleteTo complete(Instant progressAt) {
    Instant completeTo = progressAt.minusSeconds(30);
    return new CompleteTo(
        "eu", 0, 1, progressAt, completeTo, false, true, "2_0", progressAt.getEpochSecond());
  }

  private List<String> states() {
    return bench.changes().stream().map(c -> c.scope() + " " + c.state()).toList();
  }

  /** The newest global ones by name. */
  private Map<String, SloStatus> statuses() {
    Map<String, SloStatus> last = new HashMap<>();
    for (SloStatus status : bench.statuses()) {
      if (status.scope().equals(SloStatus.GLOBAL)) {
        last.put(status.slo().name(), status);
      }
    }
    return last;
  }
}
