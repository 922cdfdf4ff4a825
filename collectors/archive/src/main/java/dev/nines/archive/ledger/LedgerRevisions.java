// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.ledger;

import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.Slices;
import dev.nines.objectives.ledger.Events;
import dev.nines.objectives.ledger.LedgerSum;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How some time was revised: each change of it after it had been complete, with the sums before and
 * behind it, of all that was known then.
 */
public final class LedgerRevisions {

  private static final String TIMES =
      """
      SELECT DISTINCT toUnixTimestamp64Milli(known_at) AS at FROM ledger
      WHERE_LEDGER AND cause != 'ON_TIME' AND known_at > fromUnixTimestamp64Milli({after:Int64}, 'UTC')
      ORDER BY at LIMIT {limit:Int64}
      """
          .replace("WHERE_LEDGER", Question.WHERE.strip());

  /** {@code place} is the number of the first of the times at which a row was known. */
  private static final String CHANGES =
      """
      SELECT arrayFirstIndex(t -> toUnixTimestamp64Milli(known_at) <= t, {times:Array(Int64)})
          AS place,
        cause != 'ON_TIME' AND toUnixTimestamp64Milli(known_at) = {times:Array(Int64)}[place]
          AS change,
        toString(scope) AS region, if(change, toString(cause), 'ON_TIME') AS why, SUMS,
        min(toUnixTimestamp(minute)) AS oldest
      FROM ledger
      WHERE_LEDGER
      GROUP BY place, change, region, why ORDER BY place, change, region, why
      """
          .replace("SUMS", Question.SUMS.strip())
          .replace("WHERE_LEDGER", Question.WHERE.strip());

  private final Query query;

  public LedgerRevisions(Query query) {
    this.query = query;
  }

  /**
   * Sums of the whole time.
   *
   * @param ratio null without an event
   */
  public record Figures(
      long good, long bad, long total, long uncertain, long missing, @Nullable String ratio) {

    static Figures of(Events events) {
      return new Figures(
          events.good(),
          events.bad(),
          events.total(),
          events.uncertain(),
          events.missing(),
          events.ratio().map(BigDecimal::toPlainString).orElse(null));
    }
  }

  /**
   * One change.
   *
   * @param minute the oldest that it changed
   * @param behind from the end of that minute until it was known
   * @param says the change in words
   */
  public record Revision(
      Instant knownAt,
      String region,
      Cause cause,
      Instant minute,
      Duration behind,
      Figures before,
      Figures after,
      String says) {}

  /** When something changed, oldest first, at most so many; epoch milliseconds. */
  List<Long> times(Question question, Instant after, int limit) {
    return query
        .rows(question.ask(TIMES).with("after", after.toEpochMilli()).with("limit", (long) limit))
        .stream()
        .map(row -> row.number("at"))
        .toList();
  }

  /** All changes at those times, by time, region and cause. */
  List<Revision> at(Question question, List<Long> times) {
    if (times.isEmpty()) {
      return List.of();
    }
    Question until =
        new Question(
            question.slo(),
            question.line(),
            question.scope(),
            question.from(),
            question.to(),
            Instant.ofEpochMilli(times.getLast()));
    Map<String, LedgerSum> sums = new TreeMap<>();
    List<Revision> revisions = new ArrayList<>();
    for (Row row : query.rows(until.ask(CHANGES).with("times", times))) {
      Events before = events(sums);
      sums.merge(row.text("region"), Question.sum(row), LedgerSum::plus);
      if (row.number("change") == 1) {
        long at = times.get(Math.toIntExact(row.number("place")) - 1);
        revisions.add(revision(row, Instant.ofEpochMilli(at), before, events(sums)));
      }
    }
    return revisions;
  }

  private static Events events(Map<String, LedgerSum> sums) {
    return sums.values().stream().map(Events::of).reduce(Events.NONE, Events::plus);
  }

  private static Revision revision(Row row, Instant at, Events before, Events after) {
    Instant minute = Instant.ofEpochSecond(row.number("oldest"));
    Duration behind = Duration.between(minute.plusSeconds(Slices.LEDGER_SECONDS), at);
    Duration late = behind.isNegative() ? Duration.ZERO : behind;
    Cause cause = Cause.valueOf(row.text("why"));
    Figures old = Figures.of(before);
    Figures now = Figures.of(after);
    return new Revision(
        at,
        row.text("region"),
        cause,
        minute,
        late,
        old,
        now,
        "%s -> %s: %s %s"
            .formatted(
                old.ratio(),
                now.ratio(),
                row.text("region"),
                reason(cause, late, row.number("missing_sum"))));
  }

  private static String reason(Cause cause, Duration late, long missing) {
    return switch (cause) {
      case ON_TIME -> "delivered in time";
      case LATE -> "delivered " + length(late) + " late";
      case BACKFILL -> "was counted from stored telemetry";
      case MISSING ->
          missing > 0
              ? "lacks " + missing + " expected events"
              : "has " + -missing + " expected events after all";
    };
  }

  private static String length(Duration late) {
    return late.toMinutes() == 0 ? late.toSeconds() + " s" : late.toMinutes() + " min";
  }
}
