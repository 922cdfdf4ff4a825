// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.archive.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The course of a metric over time.
 *
 * @param quantile 0 to 1, for {@link RangeFunction#QUANTILE}
 * @param by what series are added up by; absent: each series by itself
 */
record RangeQuestion(
    SeriesSelector selector,
    Windows windows,
    RangeFunction function,
    double quantile,
    Optional<List<Label>> by) {

  /**
   * How far before the first window the point is looked for on which a stream's first increase
   * stands.
   */
  static final Duration LOOKBACK = Duration.ofHours(24);

  /**
   * The start of each statement: {@code chosen} has the series and what they are added up by,
   * {@code rows} the points in the windows and, of cumulative streams, the last one before.
   *
   * <p>A stream is a series and a start. Its points may come through several regions: a client that
   * changes its collector goes on with its stream.
   */
  private static final String ROWS =
      """
      WITH chosen AS (
        SELECT series_id, region, any(%1$s) AS labels
        FROM metric_series
        WHERE %2$s
        GROUP BY series_id, region),
      rows AS (
        SELECT %3$s FROM %4$s
        WHERE %5$s AND time > fromUnixTimestamp64Nano({begin:Int64}, 'UTC')
          AND time <= fromUnixTimestamp64Nano({end:Int64}, 'UTC')
        %6$s)
      """;

  private static final String BASES =
      """
      UNION ALL
        SELECT %1$s FROM %2$s
        PREWHERE (series_id, start, time) IN (
          SELECT series_id, start, max(time) FROM %2$s
          WHERE %3$s AND temporality != 'delta'
            AND time > fromUnixTimestamp64Nano({begin:Int64} - {lookback:Int64}, 'UTC')
            AND time <= fromUnixTimestamp64Nano({begin:Int64}, 'UTC')
          GROUP BY series_id, start)
        WHERE %3$s
      """;

  private static final String COLUMNS =
      "series_id, region, task, seq, `index`, start, time, temporality != 'delta' AS cumulative, ";

  /**
   * @param columns that the question needs of {@code table}
   * @param valid condition on points that can be used
   * @param bases whether increases are asked for, which stand on the point before
   */
  Statement begin(String table, String columns, String valid, boolean bases) {
    Conditions where = selector.where();
    String labels = labels(where);
    where.value("begin", windows.beginNanos());
    where.value("end", windows.endNanos());
    where.value("step", windows.stepNanos());
    where.value("lookback", LOOKBACK.toNanos());
    where.value(
        "first_day", TimeUnit.SECONDS.toDays(windows.beginSeconds()) - LOOKBACK.toDays() - 1);
    String points = points() + " AND " + valid;
    String wanted = COLUMNS + columns;
    String base = bases ? BASES.formatted(wanted, table, points) : "";
    return new Statement(where, ROWS.formatted(labels, where.text(), wanted, table, points, base));
  }

  private String labels(Conditions where) {
    return by.map(
            labels ->
                labels.stream()
                    .map(label -> label.sql(where))
                    .collect(Collectors.joining(", ", "CAST([", "], 'Array(String)')")))
        .orElse("[lower(hex(series_id)), toString(region)]");
  }

  /** A stale marker says that nothing was recorded. */
  private String points() {
    return """
        tenant = {tenant:String} AND metric = {metric:String}%s
          AND series_id IN (SELECT series_id FROM chosen)
          AND toUInt16(toDate(appended_at)) >= {first_day:Int64} AND bitAnd(flags, 1) = 0"""
        .formatted(selector.region().isEmpty() ? "" : " AND region = {region:String}");
  }

  /** Where the first window begins. */
  Instant from() {
    return Instant.ofEpochSecond(windows.beginSeconds());
  }

  /** Where the last window ends. */
  Instant to() {
    return windows.end(windows.count() - 1L);
  }
}
