// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.backfill.History.Question;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts RED rows. Rows of 10 s stay for three days and say when they were inserted; of what was
 * logged before yesterday there are minutes, in which nothing moves any more, for a row waits a day
 * at most.
 */
final class RollupHistory {

  /** Names beyond the limits of their writer. */
  private static final String OTHER = "__other__";

  /** Column of the time by table. */
  private static final Map<String, String> TIMES = Map.of("red_10s", "slice", "red_1m", "minute");

  private static final Duration DAY = Duration.ofDays(1);

  private final Query query;

  RollupHistory(Query query) {
    this.query = query;
  }

  /** Why the rows of a stretch cannot tell; empty when they can. */
  Optional<String> refusal(String tenant, SpanIndicator indicator, Instant from, Instant to) {
    boolean anyName = indicator.service().isEmpty() && indicator.operation().isEmpty();
    if (anyName || !from.isBefore(to)) {
      return Optional.empty();
    }
    for (Map.Entry<String, String> table : TIMES.entrySet()) {
      Conditions where = new Conditions();
      where.add("tenant = {tenant:String}", "tenant", tenant);
      within(where, table.getValue(), from, to);
      String operation =
          indicator.operation().isEmpty()
              ? "0"
              : "operation = '%s' AND service = %s"
                  .formatted(
                      OTHER,
                      indicator.service().isEmpty()
                          ? "service"
                          : where.parameter("String", indicator.service()));
      where.add("(service = '%s' OR (%s))".formatted(OTHER, operation));
      Row row =
          query.one(
              where.sql(
                  "SELECT count() AS others FROM %s WHERE %s"
                      .formatted(table.getKey(), where.text())));
      if (row.number("others") > 0) {
        return Optional.of("more names came than they tell apart");
      }
    }
    return Optional.empty();
  }

  /** False when it is too much for one answer. */
  boolean count(Question question, SpanIndicator indicator, PastCells cells) {
    RollupSql bad = RollupSql.of(indicator);
    Conditions where = new Conditions();
    List<String> parts = new ArrayList<>();
    parts.add(slices(question, indicator, bad.ofSlices(), where));
    if (question.seenFrom().equals(Instant.EPOCH)) {
      parts.add(minutes(question, indicator, bad.ofMinutes(), where));
    }
    String statement =
        """
        SELECT region, cell AS slice, '' AS raw, sum(n) AS total, sum(bad_n) AS bad
        FROM (%s)
        GROUP BY region, cell LIMIT %d
        """
            .formatted(String.join(" UNION ALL ", parts), PastCells.ROWS_MAX + 1);
    return cells.add(query.rows(where.sql(statement)), false);
  }

  private static String slices(
      Question question, SpanIndicator indicator, String bad, Conditions all) {
    Conditions where = new Conditions();
    selected(where, question, indicator, "slice");
    where.add(
        "logged_at >= toDateTime64({rowsFrom:Int64}, 3, 'UTC')",
        "rowsFrom",
        rowsFrom(question).getEpochSecond());
    where.add(
        "inserted_at >= fromUnixTimestamp64Milli({seenFrom:Int64}, 'UTC')",
        "seenFrom",
        question.seenFrom().toEpochMilli());
    where.add(
        "inserted_at < fromUnixTimestamp64Milli({seenTo:Int64}, 'UTC')",
        "seenTo",
        question.seenTo().toEpochMilli());
    where.value("minutesBefore", question.minutesBefore().getEpochSecond());
    return part(
        """
        intDiv(toInt64(toUnixTimestamp(slice)), if(slice < toDateTime({minutesBefore:Int64}, 'UTC'), 60, 10))
          * if(slice < toDateTime({minutesBefore:Int64}, 'UTC'), 60, 10)""",
        bad,
        "red_10s",
        where,
        all);
  }

  private static String minutes(
      Question question, SpanIndicator indicator, String bad, Conditions all) {
    Conditions where = new Conditions();
    selected(where, question, indicator, "minute");
    where.add(
        "logged_on < toDate(toDateTime({rowsFrom:Int64}, 'UTC'))",
        "rowsFrom",
        rowsFrom(question).getEpochSecond());
    return part("toInt64(toUnixTimestamp(minute))", bad, "red_1m", where, all);
  }

  private static String part(
      String slice, String bad, String table, Conditions where, Conditions all) {
    where.sql("").parameters().forEach(all::value);
    return "SELECT region, %s AS cell, toInt64(count) AS n, toInt64(%s) AS bad_n FROM %s WHERE %s"
        .formatted(slice, bad, table, where.text());
  }

  private static void selected(
      Conditions where, Question question, SpanIndicator indicator, String time) {
    where.add("tenant = {tenant:String}", "tenant", question.slo().id().tenant());
    where.addText("service", indicator.service());
    where.addText("operation", indicator.operation());
    where.addText("kind", indicator.kind());
    within(where, time, question.from(), question.to());
  }

  private static void within(Conditions where, String time, Instant from, Instant to) {
    where.add(time + " >= toDateTime({from:Int64}, 'UTC')", "from", from.getEpochSecond());
    where.add(time + " < toDateTime({to:Int64}, 'UTC')", "to", to.getEpochSecond());
  }

  /**
   * Midnight, a day before the first look at least: rows of 10 s that were logged since are there
   * for two days more, and minutes that were logged before are all stored.
   */
  private static Instant rowsFrom(Question question) {
    return question.seenFrom().equals(Instant.EPOCH)
        ? question.seenTo().truncatedTo(ChronoUnit.DAYS).minus(DAY)
        : Instant.EPOCH;
  }
}
