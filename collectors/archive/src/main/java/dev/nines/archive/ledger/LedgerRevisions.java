// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.ledger;

import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.Slices;
import dev.nines.objectives.ledger.Events;
import dev.nines.objectives.ledger.LedgerSum;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
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
 * behind it, of all that was known then. That another line answers for some of it is such a change.
 */
public final class LedgerRevisions {

  /**
   * A row comes when it is known, and goes again when the past of a newer line reaches its minute:
   * {@code event} has the sign, when, and why. One that was gone before it came never came. The
   * array is held against each row: of what reaches back before the range it has one mark a line.
   */
  private static final String EVENTS =
      """
      FROM (
        SELECT scope, minute, good, total, uncertain, missing, event.1 AS sign, event.2 AS at,
          event.3 AS reason
        FROM (
          SELECT *, toUnixTimestamp64Milli(known_at) AS came,
            arrayMin(arrayPushBack(
              arrayMap(
                past -> past.3,
                arrayFilter(past -> past.1 > line AND past.2 <= toUnixTimestamp(minute), PASTS)),
              toInt64({never:Int64}))) AS goes
          FROM ledger
          WHERE_LEDGER)
        ARRAY JOIN [(toInt64(1), came, toString(cause)), (toInt64(-1), goes, 'RECOUNT')] AS event
        WHERE came < goes AND event.2 <= {known:Int64})
      """
          .replace(
              "PASTS",
              """
              (SELECT groupArray((past_line, begin, known)) FROM (
                SELECT line AS past_line,
                  greatest(toInt64(toUnixTimestamp(minute)), {from:Int64}) AS begin,
                  toUnixTimestamp64Milli(min(known_at)) AS known
                FROM ledger
                WHERE tenant = {tenant:String} AND slo = {slo:String} AND scope = ''
                  AND cause = 'RECOUNT' AND EVER_SHOWN_ROWS
                  AND minute < toDateTime({to:Int64}, 'UTC')
                  AND known_at <= fromUnixTimestamp64Milli({known:Int64}, 'UTC')
                GROUP BY past_line, begin))""")
          .replace("WHERE_LEDGER", Question.WHERE_EVER.strip());

  private static final String TIMES =
      "SELECT DISTINCT at "
          + EVENTS
          + "WHERE reason != 'ON_TIME' AND at > {after:Int64} ORDER BY at LIMIT {limit:Int64}";

  /** {@code place} is the number of the first of the times at which a row was known. */
  private static final String CHANGES =
      """
      SELECT arrayFirstIndex(t -> at <= t, {times:Array(Int64)}) AS place,
        reason != 'ON_TIME' AND at = {times:Array(Int64)}[place] AS change,
        toString(scope) AS region, if(change, reason, 'ON_TIME') AS why, SUMS,
        min(toUnixTimestamp(minute)) AS oldest
      EVENTS
      GROUP BY place, change, region, why ORDER BY place, change, region, why
      """
          .replace("SUMS", Question.SUMS.strip().replace("sum(", "sum(sign * "))
          .replace("EVENTS", EVENTS.strip());

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
        .rows(ask(question, TIMES).with("after", after.toEpochMilli()).with("limit", (long) limit))
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
            question.account(),
            question.scope(),
            question.from(),
            question.to(),
            Instant.ofEpochMilli(times.getLast()));
    Map<String, LedgerSum> sums = new TreeMap<>();
    List<Revision> revisions = new ArrayList<>();
    for (Row row : query.rows(ask(until, CHANGES).with("times", times))) {
      Events before = events(sums);
      sums.merge(row.text("region"), Question.sum(row), LedgerSum::plus);
      if (row.number("change") == 1) {
        long at = times.get(Math.toIntExact(row.number("place")) - 1);
        revisions.add(revision(row, Instant.ofEpochMilli(at), before, events(sums)));
      }
    }
    return revisions;
  }

  private static Sql ask(Question question, String statement) {
    return question.ask(statement).with("never", Long.MAX_VALUE);
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
      case RECOUNT -> "was counted again from stored telemetry, as a later line selects";
    };
  }

  private static String length(Duration late) {
    return late.toMinutes() == 0 ? late.toSeconds() + " s" : late.toMinutes() + " min";
  }
}
