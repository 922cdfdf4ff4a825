// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.budget;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.ObjectiveSource;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.request.Problems;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When an objective's budget will be spent, from what is spent of it and the last 28 days. */
@Path("/api/v1/slos/{name}/forecast")
@Produces(MediaType.APPLICATION_JSON)
public final class BudgetForecastResource {

  /** What is drawn from, and as much again for the forecasts that are judged. */
  private static final int HISTORY_DAYS = 2 * Scenarios.DAYS_MAX;

  private static final int WEEK = 7 * SpentHours.DAY;
  private static final double MIDDLE = 0.5;
  private static final int DIGITS = 6;

  private final CurrentPrincipal caller;
  private final ObjectiveSource objectives;
  private final LedgerHours ledger;
  private final InstantSource clock;

  public BudgetForecastResource(
      CurrentPrincipal caller,
      ObjectiveSource objectives,
      LedgerHours ledger,
      InstantSource clock) {
    this.caller = caller;
    this.objectives = objectives;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** What will be spent at an instant: shares of the budget. */
  public record Point(Instant at, BigDecimal p10, BigDecimal p50, BigDecimal p90) {}

  /**
   * When all will be spent: one course in ten is earlier than {@code p10}, one later than {@code
   * p90}.
   *
   * @param p10 null where it is not before the end, as {@code p50}, {@code p90}
   * @param probability share of the courses that spend all before the end
   */
  public record Exhaustion(
      @Nullable Instant p10,
      @Nullable Instant p50,
      @Nullable Instant p90,
      BigDecimal probability) {}

  /**
   * Of forecasts of the last 28 days.
   *
   * @param inside of {@code judged} those whose interval held what came
   * @param nominal what an interval should hold
   */
  public record Held(long secondsAhead, int judged, int inside, BigDecimal nominal) {}

  /**
   * @param until end of the period; of a rolling one its length ahead, at most four weeks
   * @param spent of the budget now
   * @param reason why there is no forecast; empty where there is one
   */
  public record Answer(
      String slo,
      Instant asOf,
      Instant until,
      @Nullable BigDecimal spent,
      int historyDays,
      @Nullable Exhaustion exhausted,
      List<Point> points,
      List<Held> coverage,
      String reason) {}

  @GET
  public Answer read(@PathParam("name") String name) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    Slo slo =
        objectives
            .inForce(new SloId(caller.principal().tenant(), name), now)
            .map(found -> Problems.counting("name", found))
            .orElseThrow(() -> Problems.notFound("there is no SLO '" + name + "'"));
    BudgetWindow window = BudgetWindow.at(slo.period(), now);
    int read = HISTORY_DAYS * SpentHours.DAY + window.past();
    SpentHours history = ledger.read(slo, now, read).known();
    int days = history.days();
    String reason = reason(slo, window, days);
    return reason.isEmpty()
        ? answer(slo, now, window, history)
        : new Answer(name, now, end(now, window), null, days, null, List.of(), List.of(), reason);
  }

  private static String reason(Slo slo, BudgetWindow window, int days) {
    if (!(slo.budgeting() instanceof Budgeting.Occurrences)) {
      return "slices spend this budget; a forecast is of events";
    }
    if (days < Scenarios.DAYS_LEAST) {
      return "%d days of its line are in the ledger; %d are needed"
          .formatted(days, Scenarios.DAYS_LEAST);
    }
    return window.ahead() < 1 ? "the period ends within the hour" : "";
  }

  private static Answer answer(Slo slo, Instant now, BudgetWindow window, SpentHours history) {
    double budget = slo.budget().doubleValue();
    int[] at = instants(window.ahead());
    Scenarios courses = new Scenarios(history, window, budget, at);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      points.add(
          new Point(
              now.plus(Duration.ofHours(at[i])),
              shown(courses.spent(i, Coverage.LOW)),
              shown(courses.spent(i, MIDDLE)),
              shown(courses.spent(i, Coverage.HIGH))));
    }
    return new Answer(
        slo.id().name(),
        now,
        end(now, window),
        spent(slo, window, history),
        history.days(),
        new Exhaustion(
            instant(now, courses.exhausted(Coverage.LOW)),
            instant(now, courses.exhausted(MIDDLE)),
            instant(now, courses.exhausted(Coverage.HIGH)),
            shown(courses.probability())),
        points,
        coverage(slo, now, history),
        "");
  }

  /** What the engine's status shows, but for minutes that are not in the ledger yet. */
  private static BigDecimal spent(Slo slo, BudgetWindow window, SpentHours history) {
    long bad = 0;
    long total = 0;
    for (int i = window.first(history.hours(), 0); i < history.hours(); i++) {
      bad = Math.addExact(bad, history.bad()[i]);
      total = Math.addExact(total, history.total()[i]);
    }
    BigDecimal allowed = slo.budget().multiply(BigDecimal.valueOf(total));
    return allowed.signum() <= 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(bad).divide(allowed, DIGITS, RoundingMode.HALF_UP);
  }

  private static List<Held> coverage(Slo slo, Instant now, SpentHours history) {
    List<Held> held = new ArrayList<>();
    for (int ahead : List.of(SpentHours.DAY, WEEK)) {
      Coverage found = Coverage.of(history, slo.period(), now, slo.budget(), ahead);
      if (found.judged() > 0) {
        held.add(
            new Held(
                Duration.ofHours(ahead).toSeconds(),
                found.judged(),
                found.inside(),
                shown(Coverage.HIGH - Coverage.LOW)));
      }
    }
    return held;
  }

  /** A day, a week, the end; those that there are. */
  private static int[] instants(int ahead) {
    return List.of(SpentHours.DAY, WEEK, ahead).stream()
        .filter(hours -> hours <= ahead)
        .distinct()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static Instant end(Instant now, BudgetWindow window) {
    return now.plus(Duration.ofHours(window.ahead()));
  }

  private static @Nullable Instant instant(Instant now, int hours) {
    return hours < 0 ? null : now.plus(Duration.ofHours(hours));
  }

  private static BigDecimal shown(double share) {
    return BigDecimal.valueOf(share).setScale(DIGITS, RoundingMode.HALF_UP);
  }
}
