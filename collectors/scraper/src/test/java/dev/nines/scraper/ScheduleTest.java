// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.scraper.definition.Target;
import dev.nines.scraper.fetch.ByteBudget;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When scrapes start, on a clock that the test moves. */
class ScheduleTest {

  private static final Instant START = Instant.parse("2026-11-25T10:00:00.123456789Z");
  private static final long SECOND = 1_000_000_000L;

  private final CollectorRegistry registry = new CollectorRegistry();
  private final ScraperMetrics metrics = new ScraperMetrics(registry);
  private final Timetable table = new Timetable("eu", new ByteBudget(1 << 20));
  private final Deque<Runnable> started = new ArrayDeque<>();

  @Test
  void targetsAreSpreadOverTheInterval() {
    Set<Target> targets = targets(200, 10);
    Set<Long> tenths = new TreeSet<>();
    targets.forEach(target -> tenths.add(target.firstNanos("eu", START) / SECOND));
    assertThat(tenths).hasSize(10);
  }

  @Test
  void aRestartKeepsThePlacesAndAnotherRegionHasOthers() {
    Target target = targets(1, 10).iterator().next();
    long first = target.firstNanos("eu", START);
    Instant later = START.plus(Duration.ofMinutes(61)).plusNanos(12_345);
    long apart = Duration.between(START, later).toNanos() + target.firstNanos("eu", later) - first;
    assertThat(apart % (10 * SECOND)).isZero();
    assertThat(target.firstNanos("us", START)).isNotEqualTo(first);
  }

  @Test
  void thoseThatStayKeepTheirPlaceAndTheirState() {
    Set<Target> two = targets(2, 10);
    assertThat(table.change(two, START, 0)).isEmpty();
    Map<Target, TargetState> states = new HashMap<>();
    table.states().forEach(state -> states.put(state.target(), state));
    Target stays = two.iterator().next();
    long due = stays.firstNanos("eu", START);
    List<TargetState> gone = table.change(Set.of(stays), START.plusSeconds(3), 3 * SECOND);
    assertThat(gone)
        .singleElement()
        .satisfies(state -> assertThat(state.target()).isNotEqualTo(stays));
    assertThat(table.states()).containsExactly(states.get(stays));
    assertThat(table.next()).isEqualTo(due);
  }

  /** Against counting by hand: each time of each target is started or skipped, exactly once. */
  @Test
  void whateverHappensEachDueScrapeIsAccountedForOnce() {
    Set<Target> targets = new LinkedHashSet<>(targets(10, 1));
    targets.addAll(targets(10, 3));
    table.change(targets, START, 0);
    Dispatcher dispatcher = new Dispatcher(table, 4, started::add, state -> {}, metrics);
    Random random = new Random(3);
    long now = 0;
    int runs = 0;
    for (int step = 0; step < 2_000; step++) {
      now += random.nextLong(step % 100 == 0 ? 20 * SECOND : SECOND / 4);
      int before = started.size();
      dispatcher.dispatch(now);
      runs += started.size() - before;
      int finished = random.nextInt(started.size() + 1);
      for (int i = 0; i < finished; i++) {
        started.remove().run();
      }
    }
    long expected = 0;
    for (Target target : targets) {
      long interval = target.job().interval().toNanos();
      expected += (now - target.firstNanos("eu", START)) / interval + 1;
    }
    assertThat(runs + skipped("late") + skipped("busy") + skipped("overlap")).isEqualTo(expected);
    assertThat(runs).isPositive();
    assertThat(skipped("late")).isPositive();
    assertThat(skipped("busy")).isPositive();
    assertThat(skipped("overlap")).isPositive();
  }

  private double skipped(String reason) {
    return registry.getSampleValue(
        "nines_scraper_skipped_total", new String[] {"reason"}, new String[] {reason});
  }

  private static Set<Target> targets(int count, int intervalSeconds) {
    String addresses =
        IntStream.range(0, count)
            .mapToObj(i -> "'h" + i + "-" + intervalSeconds + ":1'")
            .collect(Collectors.joining(","));
    return new LinkedHashSet<>(
        TestJobs.job("{targets: [" + addresses + "]}", "scrape_interval: " + intervalSeconds + "s")
            .targets());
  }
}
