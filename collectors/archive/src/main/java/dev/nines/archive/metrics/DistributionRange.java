// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.warehouse.Sql;

/**
 * Statements over count and sum of histograms and summaries, answered as those of {@link
 * NumberRange}. What a point adds is found as for counters; a count that falls is a reset.
 */
final class DistributionRange {

  private static final String INCREASES =
      """
      , streams AS (
        SELECT *, lagInFrame(toUInt8(1), 1, 0) OVER stream = 0 AS opens,
          lagInFrame(count) OVER stream AS count_before,
          lagInFrame(toNullable(sum)) OVER stream AS sum_before
        FROM rows
        WINDOW stream AS (
          PARTITION BY series_id, cumulative, start ORDER BY time, region, task, seq, `index`
          ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)),
      steps AS (
        SELECT series_id, region, %1$s AS w, cumulative AND NOT opens AND count >= count_before AS less,
          toInt128(count) - less * toInt128(count_before) AS n,
          if(less, sum - sum_before, toNullable(sum)) AS x
        FROM streams
        WHERE time > fromUnixTimestamp64Nano({begin:Int64}, 'UTC')
          AND (NOT cumulative OR NOT opens OR %2$s))
      SELECT labels, w, %3$s AS whole, sum(n) AS i,
        if(countIf(isNull(x)) > 0, nan, sumKahan(ifNull(x, 0.))) / %4$s AS d
      FROM steps JOIN chosen USING (series_id, region)
      GROUP BY labels, w
      ORDER BY labels, w
      """;

  private DistributionRange() {}

  static Sql sql(RangeQuestion question, String table) {
    return switch (question.function()) {
      case COUNT, INCREASE, RATE -> sql(question, table, "1", "1");
      case SUM -> sql(question, table, "0", "1");
      case AVG -> sql(question, table, "0", "toFloat64(sum(n))");
      case LAST, MIN, MAX, QUANTILE ->
          throw new IllegalArgumentException("not of a count: " + question.function().word());
    };
  }

  private static Sql sql(RangeQuestion question, String table, String whole, String divisor) {
    return question
        .begin(table, "count, sum", "1", true)
        .then(INCREASES.formatted(NumberRange.WINDOW, NumberRange.BEGAN, whole, divisor))
        .sql();
  }
}
