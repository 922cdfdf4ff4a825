// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.warehouse.Sql;

/**
 * Statements over gauges and sums. A row of an answer is {@code labels}, {@code w} (the number of
 * the window), {@code whole} (the value is the integer {@code i}) and {@code d} (the value when it
 * is not).
 */
final class NumberRange {

  private static final String TABLE = "metric_points";
  private static final String COLUMNS = "monotonic, value_int, value_double";

  static final String WINDOW =
      "intDiv(toUnixTimestamp64Nano(time) - {begin:Int64} - 1, {step:Int64})";

  private static final String LAST =
      """
      , lasts AS (
        SELECT series_id, region, %s AS w,
          argMax((value_int, value_double), (time, seq, `index`)) AS value
        FROM rows
        GROUP BY series_id, region, w)
      SELECT labels, w, min(isNotNull(value.1)) AS whole, sum(toInt128(ifNull(value.1, 0))) AS i,
        sumKahan(ifNull(value.2, toFloat64(ifNull(value.1, 0)))) AS d
      FROM lasts JOIN chosen USING (series_id, region)
      GROUP BY labels, w
      ORDER BY labels, w
      """
          .formatted(WINDOW);

  private static final String POINTS =
      """
      SELECT labels, %s AS w, %s AS whole, toInt128(%s) AS i, %s AS d
      FROM rows JOIN chosen USING (series_id, region)
      GROUP BY labels, w
      ORDER BY labels, w
      """;

  private static final String VALID = "(isNotNull(value_int) OR isNotNull(value_double))";
  private static final String INTEGERS = "count(value_double) = 0";
  private static final String VALUE = "ifNull(value_double, toFloat64(ifNull(value_int, 0)))";

  /**
   * Each point against the one before it in its stream. The first one of a stream counts whole when
   * the stream is known to have begun after the lookback does, and is a base without increase
   * otherwise.
   */
  private static final String INCREASES =
      """
      , streams AS (
        SELECT *, lagInFrame(toUInt8(1), 1, 0) OVER stream = 0 AS opens,
          lagInFrame(value_int) OVER stream AS int_before,
          lagInFrame(value_double) OVER stream AS double_before
        FROM rows
        WINDOW stream AS (
          PARTITION BY series_id, cumulative, start ORDER BY time, region, task, seq, `index`
          ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)),
      steps AS (
        SELECT series_id, region, %1$s AS w,
          isNotNull(value_int) AND (NOT cumulative OR opens OR isNotNull(int_before)) AS whole,
          toInt128(ifNull(value_int, 0)) AS int_now, toInt128(ifNull(int_before, 0)) AS int_then,
          ifNull(value_double, toFloat64(ifNull(value_int, 0))) AS double_now,
          ifNull(double_before, toFloat64(ifNull(int_before, 0))) AS double_then,
          multiIf(NOT cumulative, 0, opens, 0,
            monotonic AND if(whole, int_now < int_then, double_now < double_then), 0, 1) AS less
        FROM streams
        WHERE time > fromUnixTimestamp64Nano({begin:Int64}, 'UTC')
          AND (NOT cumulative OR NOT opens OR %2$s))
      SELECT labels, w, min(whole) AS whole, sum(int_now - less * int_then) AS i,
        sumKahan(double_now - less * double_then) AS d
      FROM steps JOIN chosen USING (series_id, region)
      GROUP BY labels, w
      ORDER BY labels, w
      """;

  /**
   * The stream is known to have begun at zero, and so late that no point before this was missed.
   */
  static final String BEGAN =
      "(start < time AND toUnixTimestamp64Nano(start) > 0"
          + " AND toUnixTimestamp64Nano(start) >= {begin:Int64} - {lookback:Int64})";

  private NumberRange() {}

  static Sql sql(RangeQuestion question) {
    return switch (question.function()) {
      case LAST -> question.begin(TABLE, COLUMNS, VALID, false).then(LAST).sql();
      case MIN -> points(question, INTEGERS, "ifNull(min(value_int), 0)", "min(" + VALUE + ")");
      case MAX -> points(question, INTEGERS, "ifNull(max(value_int), 0)", "max(" + VALUE + ")");
      case SUM ->
          points(
              question, INTEGERS, "sum(toInt128(ifNull(value_int, 0)))", "sumKahan(" + VALUE + ")");
      case COUNT -> points(question, "1", "count()", "0");
      case AVG -> points(question, "0", "0", "sumKahan(" + VALUE + ") / count()");
      case INCREASE, RATE ->
          question
              .begin(TABLE, COLUMNS, VALID + " AND ifNull(NOT isNaN(value_double), 1)", true)
              .then(INCREASES.formatted(WINDOW, BEGAN))
              .sql();
      case QUANTILE -> throw new IllegalArgumentException("a number has no quantile");
    };
  }

  private static Sql points(RangeQuestion question, String whole, String i, String d) {
    return question
        .begin(TABLE, COLUMNS, VALID, false)
        .then(POINTS.formatted(WINDOW, whole, i, d))
        .sql();
  }
}
