// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.warehouse.Sql;

/**
 * Statements over the buckets of histograms: what the points of a window added to each, by shape. A
 * reset is a count that falls, or a bucket that does.
 */
final class BucketRange {

  /** A histogram that changes its bounds within a stream cannot be subtracted: it is a new base. */
  private static final String EXPLICIT =
      """
      , streams AS (
        SELECT *, lagInFrame(toUInt8(1), 1, 0) OVER stream = 0 AS opens,
          lagInFrame(count) OVER stream AS count_before,
          lagInFrame(bounds) OVER stream AS bounds_before,
          arrayResize(lagInFrame(counts) OVER stream, length(counts)) AS counts_before
        FROM rows
        WINDOW stream AS (
          PARTITION BY series_id, cumulative, start ORDER BY time, region, task, seq, `index`
          ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)),
      steps AS (
        SELECT series_id, region, %1$s AS w, bounds, min, max,
          cumulative AND NOT opens AND count >= count_before
            AND NOT (bounds = bounds_before
              AND arrayExists((now, then) -> now < then, counts, counts_before)) AS less,
          arrayMap((now, then) -> toInt64(now) - less * toInt64(then), counts, counts_before)
            AS added
        FROM streams
        WHERE time > fromUnixTimestamp64Nano({begin:Int64}, 'UTC')
          AND (NOT cumulative OR NOT opens OR %2$s) AND NOT (less AND bounds != bounds_before))
      SELECT labels, w, bounds, sumForEach(added) AS counts,
        if(countIf(isNull(min)) > 0, -inf, min(ifNull(min, 0.))) AS least,
        if(countIf(isNull(max)) > 0, inf, max(ifNull(max, 0.))) AS most
      FROM steps JOIN chosen USING (series_id, region)
      GROUP BY labels, w, bounds
      ORDER BY labels, w
      """;

  /**
   * Points of a stream change their scale. Buckets are added to and taken from the sums of their
   * own scale here; making all coarse before adding gives the same, and is done by the reader.
   */
  private static final String EXPONENTIAL =
      """
      , streams AS (
        SELECT *, lagInFrame(toUInt8(1), 1, 0) OVER stream = 0 AS opens,
          lagInFrame(count) OVER stream AS count_before,
          (scale, zero_threshold, zero_count, positive_offset, positive_counts, negative_offset,
            negative_counts) AS now,
          lagInFrame(now) OVER stream AS then
        FROM rows
        WINDOW stream AS (
          PARTITION BY series_id, cumulative, start ORDER BY time, region, task, seq, `index`
          ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)),
      steps AS (
        SELECT series_id, region, %1$s AS w, min, max, sign, if(sign = 1, now, then) AS part
        FROM streams ARRAY JOIN [toInt64(1), toInt64(-1)] AS sign
        WHERE time > fromUnixTimestamp64Nano({begin:Int64}, 'UTC')
          AND (NOT cumulative OR NOT opens OR %2$s)
          AND (sign = 1 OR (cumulative AND NOT opens AND count >= count_before)))
      SELECT labels, w, part.1 AS part_scale, part.2 AS threshold,
        sum(sign * toInt64(part.3)) AS zeros,
        sumMap(arrayMap(i -> toInt64(part.4) + i - 1, arrayEnumerate(part.5)),
          arrayMap(c -> sign * toInt64(c), part.5)) AS positive,
        sumMap(arrayMap(i -> toInt64(part.6) + i - 1, arrayEnumerate(part.7)),
          arrayMap(c -> sign * toInt64(c), part.7)) AS negative,
        positive.1 AS positive_indexes, positive.2 AS positive_sums,
        negative.1 AS negative_indexes, negative.2 AS negative_sums,
        if(countIf(isNull(min)) > 0, -inf, min(ifNull(min, 0.))) AS least,
        if(countIf(isNull(max)) > 0, inf, max(ifNull(max, 0.))) AS most
      FROM steps JOIN chosen USING (series_id, region)
      GROUP BY labels, w, part_scale, threshold
      ORDER BY labels, w
      """;

  private BucketRange() {}

  static Sql explicit(RangeQuestion question) {
    return sql(
        question,
        "metric_histograms",
        "count, bounds, counts, min, max",
        "notEmpty(counts)",
        EXPLICIT);
  }

  static Sql exponential(RangeQuestion question) {
    return sql(
        question,
        "metric_exponential_histograms",
        "count, min, max, scale, zero_threshold, zero_count, positive_offset, positive_counts,"
            + " negative_offset, negative_counts",
        "1",
        EXPONENTIAL);
  }

  private static Sql sql(
      RangeQuestion question, String table, String columns, String valid, String text) {
    return question
        .begin(table, columns, valid, true)
        .then(text.formatted(NumberRange.WINDOW, NumberRange.BEGAN))
        .sql();
  }
}
