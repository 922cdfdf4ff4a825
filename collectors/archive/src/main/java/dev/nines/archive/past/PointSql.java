// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.past;

import dev.nines.objectives.backfill.History.Question;
import dev.nines.warehouse.Sql;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Statements over the points of some series of one metric in one table. */
final class PointSql {

  /** A point whose time is so far behind its log-append time counts at that time. */
  static final long AHEAD_MAX_MILLIS = 300_000;

  private static final long DAY_MILLIS = 86_400_000;

  private static final String SKEWED =
      "time_nanos < 0 OR intDiv(time_nanos, 1000000) > appended + %d AS skewed"
          .formatted(AHEAD_MAX_MILLIS);

  private static final String TIMES =
      "toUnixTimestamp64Milli(appended_at) AS appended, toUnixTimestamp64Nano(time) AS time_nanos, "
          + SKEWED;

  private static final String CHOSEN =
      """
      tenant = {tenant:String} AND metric = {metric:String}
        AND series_id IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16))
        AND inserted_at < fromUnixTimestamp64Milli({seenTo:Int64}, 'UTC')""";

  private static final String APPENDED =
      """
      appended_at >= fromUnixTimestamp64Milli({begin:Int64}, 'UTC')
        AND appended_at <= fromUnixTimestamp64Milli({last:Int64}, 'UTC')""";

  /** Points of the stretch, by the time at which they count. */
  private static final String TARGETS =
      """
      SELECT %1$s FROM %2$s
      WHERE %3$s AND NOT skewed
        AND time >= fromUnixTimestamp64Nano({from:Int64} * 1000000, 'UTC')
        AND time < fromUnixTimestamp64Nano({to:Int64} * 1000000, 'UTC')
        AND appended_at >= fromUnixTimestamp64Milli({from:Int64} - %4$d, 'UTC')
      UNION ALL
      SELECT %1$s FROM %2$s
      WHERE %3$s AND skewed
        AND appended_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
        AND appended_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')""";

  private final PointTable table;
  private final Question question;
  private final String metric;

  PointSql(PointTable table, String metric, Question question) {
    this.table = table;
    this.metric = metric;
    this.question = question;
  }

  /** By series: its points of the stretch, and when the last of them was appended. */
  Sql stretch(Collection<String> ids) {
    String points = targets("hex(series_id) AS id, " + TIMES);
    return sql(
        "SELECT id, max(appended) AS last, count() AS points FROM (%s) GROUP BY id"
            .formatted(points),
        ids);
  }

  /**
   * The same of what comes behind the line's begin, as far as it may add what began before: the
   * first point of each stream does, or all where some of them are odd.
   */
  Sql crossing(Collection<String> ids) {
    return sql(
        """
        SELECT id, max(stop) AS last, sum(needed) AS points
        FROM (
          SELECT hex(series_id) AS id, countIf(odd) > 0 AS strange,
            if(strange, count(), 1) AS needed,
            if(strange, max(appended), greatest(min(appended), minIf(appended,
              inserted_at < fromUnixTimestamp64Milli({seenFrom:Int64}, 'UTC')))) AS stop
          FROM (SELECT series_id, start, inserted_at, %s, %s AS odd FROM %s
            WHERE %s AND (time_nanos < 0 OR time >= fromUnixTimestamp64Nano({from:Int64} * 1000000, 'UTC'))
              AND appended_at >= fromUnixTimestamp64Milli({from:Int64} - %d, 'UTC'))
          GROUP BY series_id, start)
        GROUP BY id
        """
            .formatted(TIMES, odd(), table.table(), CHOSEN, AHEAD_MAX_MILLIS),
        ids);
  }

  /** By series: when the first point was appended that no former look saw. */
  Sql fresh(Collection<String> ids, long sinceMillis) {
    return sql(
            """
            SELECT hex(series_id) AS id, min(toUnixTimestamp64Milli(appended_at)) AS first FROM %s
            WHERE %s AND inserted_at >= fromUnixTimestamp64Milli({seenFrom:Int64}, 'UTC')
              AND appended_at >= fromUnixTimestamp64Milli({begin:Int64}, 'UTC')
            GROUP BY series_id
            """
                .formatted(table.table(), CHOSEN),
            ids)
        .with("begin", sinceMillis);
  }

  /** Series that had an odd point appended in [begin, last]. */
  Sql odd(Collection<String> ids, long beginMillis, long lastMillis) {
    return between(
        "SELECT DISTINCT hex(series_id) AS id FROM (SELECT series_id, %s, %s AS odd FROM %s WHERE %s AND %s) WHERE odd"
            .formatted(TIMES, odd(), table.table(), CHOSEN, APPENDED),
        ids,
        beginMillis,
        lastMillis);
  }

  /** Points of the stretch that no former look saw. */
  Sql deltas(Collection<String> ids, int limit) {
    return sql(
        "SELECT * FROM (%s) WHERE inserted >= {seenFrom:Int64} LIMIT %d"
            .formatted(targets(columns(column -> column) + ", " + SKEWED), limit),
        ids);
  }

  /** Points that were appended in [begin, last], in that order. */
  Sql points(Collection<String> ids, long beginMillis, long lastMillis, int limit) {
    return between(
        "SELECT * FROM (%s) %s".formatted(appended(), order(limit)), ids, beginMillis, lastMillis);
  }

  /**
   * Those, and before them the last one of each stream, as this look sees it and as the former one
   * did: nobody remembers it for longer than the day before.
   */
  Sql pointsWithBases(Collection<String> ids, long beginMillis, long lastMillis, int limit) {
    return between(
        "SELECT * FROM (%s UNION ALL %s UNION ALL %s) %s"
            .formatted(appended(), base("seenTo"), base("seenFrom"), order(limit)),
        ids,
        beginMillis,
        lastMillis);
  }

  private String appended() {
    return "SELECT %s FROM %s WHERE %s AND %s"
        .formatted(columns(column -> column), table.table(), CHOSEN, APPENDED);
  }

  private String base(String seen) {
    return """
        SELECT %s FROM %s
        WHERE %s AND inserted_at < fromUnixTimestamp64Milli({%s:Int64}, 'UTC')
          AND appended_at >= fromUnixTimestamp64Milli({begin:Int64} - %d, 'UTC')
          AND appended_at < fromUnixTimestamp64Milli({begin:Int64}, 'UTC')
        GROUP BY series_id, start"""
        .formatted(columns(PointSql::newest), table.table(), CHOSEN, seen, DAY_MILLIS);
  }

  /** Of points of one time the first that was appended; a tuple also where it is null. */
  private static String newest(String column) {
    return "argMax(tuple(%s), (time, -toUnixTimestamp64Milli(appended_at))).1".formatted(column);
  }

  private static String order(int limit) {
    return "ORDER BY appended, region, task, seq, place LIMIT " + limit;
  }

  private String columns(UnaryOperator<String> of) {
    String common =
        """
        hex(series_id) AS id, toUnixTimestamp64Nano(start) AS start_nanos,
          %s AS time_nanos, %s AS appended, %s AS inserted, %s AS region, %s AS task, %s AS seq,
          %s AS place, %s AS flags"""
            .formatted(
                of.apply("toUnixTimestamp64Nano(time)"),
                of.apply("toUnixTimestamp64Milli(appended_at)"),
                of.apply("toUnixTimestamp64Milli(inserted_at)"),
                of.apply("toString(region)"),
                of.apply("toString(task)"),
                of.apply("seq"),
                of.apply("`index`"),
                of.apply("flags"));
    return table.columns().stream()
        .map(column -> of.apply(signed(column)) + " AS " + column)
        .collect(Collectors.joining(", ", common + ", ", ""));
  }

  /** Counts over 2^63 become negative, which no count is. */
  private static String signed(String column) {
    if (PointTable.unsigned(column)) {
      return "toInt64(" + column + ")";
    }
    return PointTable.unsignedList(column) ? "arrayMap(c -> toInt64(c), " + column + ")" : column;
  }

  private String targets(String columns) {
    return TARGETS.formatted(columns, table.table(), CHOSEN, AHEAD_MAX_MILLIS);
  }

  /** A point of which it needs the rules of extraction to know whether it is the last one. */
  private String odd() {
    long oldest = question.slo().period().longest().toMillis() + DAY_MILLIS;
    return "(skewed OR bitAnd(flags, 1) = 1 OR appended - intDiv(time_nanos, 1000000) > %d OR NOT (%s))"
        .formatted(oldest, table.sound());
  }

  private Sql between(String statement, Collection<String> ids, long beginMillis, long lastMillis) {
    return sql(statement, ids).with("begin", beginMillis).with("last", lastMillis);
  }

  private Sql sql(String statement, Collection<String> ids) {
    return Sql.of(statement)
        .with("tenant", question.slo().id().tenant())
        .with("metric", metric)
        .with("ids", List.copyOf(ids))
        .with("from", question.from().toEpochMilli())
        .with("to", question.to().toEpochMilli())
        .with("seenFrom", question.seenFrom().toEpochMilli())
        .with("seenTo", question.seenTo().toEpochMilli());
  }
}
