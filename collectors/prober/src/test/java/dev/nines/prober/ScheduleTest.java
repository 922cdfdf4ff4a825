// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When runs start, on a clock that the test moves. */
class ScheduleTest {

  private static final Instant START = Instant.parse("2026-11-25T10:00:00.123456789Z");
  private static final long SECOND = 1_000_000_000L;

  private final CollectorRegistry registry = new CollectorRegistry();
  private final ProberMetrics metrics = new ProberMetrics(registry);

  /** Runs that were started and go on until the test ends them. */
  private final Deque<Runnable> started = new ArrayDeque<>();

  @Test
  void theRateIsFixedHoweverUnevenTheClockIsLookedAt() {
    Route route = TestProbes.route("page", Duration.ofSeconds(10), "eu");
    Timetable table = new Timetable(List.of(route), "us", START);
    long first = table.next();
    assertThat(first).isBetween(0L, 10 * SECOND - 1);
    Random random = new Random(7);
    List<Long> dueAt = new ArrayList<>();
    long now = 0;
    while (now < 100 * SECOND) {
      long next = table.next();
      if (!table.due(now).isEmpty()) {
        dueAt.add(next);
      }
      now += random.nextLong(3 * SECOND);
    }
    assertThat(dueAt).hasSizeGreaterThanOrEqualTo(9);
    for (int i = 0; i < dueAt.size(); i++) {
      assertThat(dueAt.get(i)).isEqualTo(first + i * 10 * SECOND);
    }
  }

  @Test
  void theRegionsThatProbeOneTargetAreSpreadOverTheInterval() {
    Route route = TestProbes.route("page", Duration.ofSeconds(10), "eu");
    Set<Long> tenths = new HashSet<>();
    for (int region = 0; region < 100; region++) {
      tenths.add(route.firstNanos("region-" + region, START) / SECOND);
    }
    assertThat(tenths).hasSize(10);
  }

  @Test
  void aRestartKeepsThePlaces() {
    Route route = TestProbes.route("page", Duration.ofSeconds(10), "eu");
    long first = route.firstNanos("us", START);
    Instant later = START.plus(Duration.ofMinutes(61)).plusNanos(12_345);
    long again = route.firstNanos("us", later);
    long apart = Duration.between(START, later).toNanos() + again - first;
    assertThat(apart % (10 * SECOND)).isZero();
  }

  @Test
  void runsThatWereDueWhileTheProberStoodStillAreCountedAndNotMadeUp() {
    Route route = TestProbes.route("page", Duration.ofSeconds(1), "eu");
    Timetable table = new Timetable(List.of(route), "us", START);
    Dispatcher dispatcher = dispatcher(table, 10);
    long first = table.next();
    dispatcher.dispatch(first);
    finish(1);
    assertThat(dispatcher.dispatch(first + 5 * SECOND + 1)).isEqualTo(first + 6 * SECOND);
    finish(1);
    assertThat(skipped("late")).isEqualTo(4);
  }

  @Test
  void aProbeNeverMeetsItself() {
    Route route = TestProbes.route("page", Duration.ofSeconds(1), "eu");
    Timetable table = new Timetable(List.of(route), "us", START);
    Dispatcher dispatcher = dispatcher(table, 10);
    long first = table.next();
    dispatcher.dispatch(first);
    dispatcher.dispatch(first + SECOND);
    dispatcher.dispatch(first + 2 * SECOND);
    assertThat(started).hasSize(1);
    assertThat(skipped("overlap")).isEqualTo(2);
    finish(1);
    dispatcher.dispatch(first + 3 * SECOND);
    assertThat(started).hasSize(1);
  }

  @Test
  void withoutASlotARunIsSkipped() {
    List<Route> routes =
        IntStream.range(0, 5)
            .mapToObj(i -> TestProbes.route("page" + i, Duration.ofSeconds(1), "eu"))
            .toList();
    Dispatcher dispatcher = dispatcher(new Timetable(routes, "us", START), 3);
    dispatcher.dispatch(SECOND);
    assertThat(started).hasSize(3);
    assertThat(skipped("busy")).isEqualTo(2);
    finish(3);
    dispatcher.dispatch(2 * SECOND);
    assertThat(started).hasSize(3);
  }

  /** Against counting by hand: each second of each route is started or skipped, exactly once. */
  @Test
  void whateverHappensEachDueRunIsAccountedForOnce() {
    List<Route> routes =
        IntStream.range(0, 20)
            .mapToObj(i -> TestProbes.route("p" + i, Duration.ofSeconds(1 + i % 3), "eu"))
            .toList();
    Timetable table = new Timetable(routes, "us", START);
    Map<Route, Long> firsts = new TreeMap<>((a, b) -> a.probe().name().compareTo(b.probe().name()));
    routes.forEach(route -> firsts.put(route, route.firstNanos("us", START)));
    Dispatcher dispatcher = dispatcher(table, 4);
    Random random = new Random(3);
    long now = 0;
    int runs = 0;
    for (int step = 0; step < 2_000; step++) {
      now += random.nextLong(step % 100 == 0 ? 20 * SECOND : SECOND / 4);
      int before = started.size();
      dispatcher.dispatch(now);
      runs += started.size() - before;
      finish(random.nextInt(started.size() + 1));
    }
    long expected = 0;
    for (Map.Entry<Route, Long> each : firsts.entrySet()) {
      long interval = each.getKey().probe().interval().toNanos();
      expected += now < each.getValue() ? 0 : (now - each.getValue()) / interval + 1;
    }
    double skipped = skipped("late") + skipped("busy") + skipped("overlap");
    assertThat(runs + skipped).isEqualTo(expected);
    assertThat(runs).isPositive();
    assertThat(skipped("late")).isPositive();
    assertThat(skipped("busy")).isPositive();
    assertThat(skipped("overlap")).isPositive();
  }

  @Test
  void aStallIsWhatABeatIsLateBeyondTheTolerance() {
    Pulse pulse = new Pulse(0);
    long milli = 1_000_000;
    pulse.beat(0, 100 * milli);
    pulse.beat(149 * milli, 200 * milli);
    assertThat(pulse.stalledNanos(200 * milli)).isZero();
    assertThat(pulse.stalledNanos(900 * milli)).isEqualTo(700 * milli);
    pulse.beat(1_200 * milli, 1_300 * milli);
    assertThat(pulse.stalledNanos(1_300 * milli)).isEqualTo(1_000 * milli);
  }

  private Dispatcher dispatcher(Timetable table, int slots) {
    return new Dispatcher(table, slots, started::add, route -> {}, metrics);
  }

  private void finish(int count) {
    for (int i = 0; i < count; i++) {
      started.remove().run();
    }
  }

  private double skipped(String reason) {
    Double value =
        registry.getSampleValue(
            "nines_prober_skipped_total",
            new String[] {"kind", "reason"},
            new String[] {"http", reason});
    return value == null ? 0 : value;
  }
}
