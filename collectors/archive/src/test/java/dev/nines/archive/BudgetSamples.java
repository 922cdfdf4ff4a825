// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.TimeWindow;
import dev.nines.objectives.sla.Exclusion;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Budgets of every kind, and random exclusions with their histories. */
final class BudgetSamples {

  static final BigDecimal TARGET = new BigDecimal("0.97");

  /** New York's clocks are put back on this day: it has 25 hours. */
  static final Instant DAY = Instant.parse("2026-11-01T04:00:00Z");

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private BudgetSamples() {}

  /**
   * An exclusion with its history.
   *
   * @param withdrawn far away for never
   */
  record Step(Exclusion exclusion, Instant approved, Instant withdrawn) {

    boolean holds(Instant at) {
      return !approved.isAfter(at) && withdrawn.isAfter(at);
    }

    boolean covers(String region, Instant minute) {
      return (exclusion.regions().isEmpty() || exclusion.regions().contains(region))
          && !minute.isBefore(exclusion.from())
          && minute.isBefore(exclusion.to());
    }
  }

  /** They overlap, are retroactive, approved late, withdrawn, of some regions. */
  static List<Step> steps(Random random) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      Instant from = DAY.minus(Duration.ofHours(4)).plusSeconds(60L * random.nextInt(800));
      Set<String> regions = new HashSet<>();
      for (int j = random.nextInt(4); j > 0; j--) {
        regions.add(RandomLedger.REGIONS.get(random.nextInt(3)));
      }
      Instant approved = from.plusSeconds(random.nextInt(20_000) - 8_000);
      Instant withdrawn =
          random.nextInt(3) == 0 ? approved.plusSeconds(1 + random.nextInt(12_000)) : Instant.MAX;
      steps.add(
          new Step(
              exclusion(
                  "x" + i,
                  from,
                  Duration.ofMinutes(1 + random.nextInt(90)),
                  regions.stream().sorted().toList()),
              approved,
              withdrawn));
    }
    return steps;
  }

  static Exclusion exclusion(String id, Instant from, Duration length, List<String> regions) {
    return new Exclusion(
        id,
        "",
        "",
        Exclusion.Kind.MAINTENANCE,
        from,
        from.plus(length),
        from,
        from,
        "upgrade",
        "",
        regions,
        true);
  }

  static Stream<Slo> slos() {
    TimeWindow hours = new RollingWindow(Duration.ofHours(3));
    TimeWindow ten = new RollingWindow(Duration.ofHours(10));
    TimeWindow days = new RollingWindow(Duration.ofDays(4));
    TimeWindow day =
        new CalendarWindow(LocalDateTime.of(2026, 1, 1, 0, 0), Period.ofDays(1), NEW_YORK);
    Budgeting events = new Budgeting.Occurrences();
    Budgeting five = new Budgeting.Timeslices(Duration.ofMinutes(5), new BigDecimal("0.9"));
    Budgeting minutes = new Budgeting.RatioTimeslices(Duration.ofMinutes(1));
    Budgeting quarters = new Budgeting.RatioTimeslices(Duration.ofMinutes(15));
    return Stream.of(
        slo("a", hours, events, false),
        slo("b", ten, events, true),
        slo("c", days, events, false),
        slo("d", day, events, true),
        slo("e", day, five, false),
        slo("f", day, five, true),
        slo("g", hours, minutes, false),
        slo("h", ten, quarters, true),
        slo("i", day, quarters, false));
  }

  static Slo slo(String name, TimeWindow period, Budgeting budgeting, boolean good) {
    return new Slo(
        new SloId("acme", "budget-" + name),
        1,
        "shop",
        name,
        "",
        Map.of(),
        new SpanIndicator("shop", "", "", Map.of(), new SpanPredicate.StatusError()),
        TARGET,
        period,
        budgeting,
        List.of(),
        BigDecimal.ZERO,
        0,
        Slo.Missing.NEUTRAL,
        "",
        Slo.Vanished.PAGE,
        null,
        good);
  }
}
