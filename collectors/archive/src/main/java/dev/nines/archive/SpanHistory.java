// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.backfill.History.Question;
import dev.nines.objectives.backfill.Reach;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Duration;
import java.time.Instant;

/** Counts stored spans as extraction would have: the same slices, the same that are too old. */
final class SpanHistory {

  /** A span that claims to end later than its log-append time and this counts at that time. */
  private static final long AHEAD_MAX_MILLIS = 300_000;

  /** Telemetry and what is accepted of it are kept a day each: what is stored now came then. */
  private static final Duration ON_ITS_WAY = Duration.ofDays(2);

  private static final Duration DAY = Duration.ofDays(1);

  /** Longer values of a grouping attribute are cut there, as extraction does. */
  private static final int VALUE_BYTES = 512;

  private final Query query;

  SpanHistory(Query query) {
    this.query = query;
  }

  /** Some span of the tenant that was appended since is not stored. */
  boolean sampled(String tenant, Instant from) {
    return query
            .one(
                Sql.of(
                        """
                        SELECT sum(items) AS left_out FROM accounting
                        WHERE tenant = {tenant:String} AND heading = 'SAMPLED_OUT'
                          AND at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
                        """)
                    .with("tenant", tenant)
                    .with("from", from.toEpochMilli() - AHEAD_MAX_MILLIS))
            .number("left_out")
        > 0;
  }

  /** False when it is too much for one answer. */
  boolean count(Question question, SpanIndicator indicator, PastCells cells) {
    Conditions where = new Conditions();
    IndicatorSql selector = selected(where, question, indicator);
    boolean grouped = !question.slo().groupBy().isEmpty();
    String raw =
        grouped
            ? "substring(%s, 1, %d)"
                .formatted(selector.value(question.slo().groupBy()), VALUE_BYTES)
            : "''";
    String minutes = where.parameter("Int64", question.minutesBefore().getEpochSecond());
    String statement =
        """
        SELECT region, if(at < %s * 1000, intDiv(at, 60000) * 60, intDiv(at, 10000) * 10) AS slice,
          raw, count() AS total, countIf(is_bad) AS bad
        FROM (%s)
        GROUP BY region, slice, raw LIMIT %d
        SETTINGS precise_float_parsing = 1
        """
            .formatted(
                minutes, events(question, indicator, where, selector, raw), PastCells.ROWS_MAX + 1);
    return cells.add(query.rows(where.sql(statement)), grouped);
  }

  /** Each span stands for as many as its threshold says. */
  Reach.Estimated estimate(
      Slo slo, SpanIndicator indicator, Instant from, Instant to, Instant seenTo, String note) {
    double total = 0;
    double bad = 0;
    for (Instant start = from; start.isBefore(to); start = start.plus(DAY)) {
      Instant end = start.plus(DAY).isBefore(to) ? start.plus(DAY) : to;
      Question day = new Question(slo, start, end, from, Instant.EPOCH, seenTo, end, to);
      Conditions where = new Conditions();
      IndicatorSql selector = selected(where, day, indicator);
      String statement =
          """
          SELECT sum(adjusted_count) AS total, sumIf(adjusted_count, is_bad) AS bad
          FROM (%s)
          SETTINGS precise_float_parsing = 1
          """
              .formatted(events(day, indicator, where, selector, "''"));
      Row row = query.one(where.sql(statement));
      total += row.real("total");
      bad += row.real("bad");
    }
    return new Reach.Estimated(from, Math.round(total - bad), Math.round(total), note);
  }

  private static IndicatorSql selected(
      Conditions where, Question question, SpanIndicator indicator) {
    IndicatorSql selector = new IndicatorSql(where);
    selector.select(question.slo().id().tenant(), indicator);
    where.add(
        "inserted_at >= fromUnixTimestamp64Milli({seenFrom:Int64}, 'UTC')",
        "seenFrom",
        question.seenFrom().toEpochMilli());
    where.add(
        "inserted_at < fromUnixTimestamp64Milli({seenTo:Int64}, 'UTC')",
        "seenTo",
        question.seenTo().toEpochMilli());
    if (question.seenFrom().isAfter(Instant.EPOCH)) {
      where.add(
          "appended_at >= fromUnixTimestamp64Milli({onItsWay:Int64}, 'UTC')",
          "onItsWay",
          question.seenFrom().minus(ON_ITS_WAY).toEpochMilli());
    }
    return selector;
  }

  /** The selected spans that count in the stretch, with the instant at which they do. */
  private static String events(
      Question question,
      SpanIndicator indicator,
      Conditions where,
      IndicatorSql selector,
      String raw) {
    String bad = selector.bad(indicator.bad());
    String from = where.parameter("Int64", question.from().toEpochMilli());
    String to = where.parameter("Int64", question.to().toEpochMilli());
    String oldest =
        where.parameter("Int64", question.slo().period().longest().plus(DAY).toMillis());
    return """
        SELECT region, adjusted_count, %1$s AS raw, %2$s AS is_bad,
          toUnixTimestamp64Milli(appended_at) AS appended,
          intDiv(toUnixTimestamp64Nano(end), 1000000) AS ended,
          ended < 0 OR ended > appended + %3$d AS skewed,
          if(skewed, appended, ended) AS at
        FROM spans
        WHERE %4$s
          AND ((end >= fromUnixTimestamp64Milli(%5$s, 'UTC') AND end < fromUnixTimestamp64Milli(%6$s, 'UTC'))
            OR (appended_at >= fromUnixTimestamp64Milli(%5$s, 'UTC') AND appended_at < fromUnixTimestamp64Milli(%6$s, 'UTC')))
          AND at >= %5$s AND at < %6$s AND appended - at <= %7$s"""
        .formatted(raw, bad, AHEAD_MAX_MILLIS, where.text(), from, to, oldest);
  }
}
