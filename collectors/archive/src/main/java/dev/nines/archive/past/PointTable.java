// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.past;

import dev.nines.objectives.series.Measured;
import dev.nines.objectives.series.Measured.Refused;
import dev.nines.objectives.series.Measured.Side;
import dev.nines.warehouse.Row;
import java.util.List;

/** A table of points that count events. */
enum PointTable {
  NUMBERS(
      "metric_points",
      List.of("value_int", "value_double"),
      """
      if(isNotNull(value_int), value_int >= 0, ifNull(value_double >= 0
        AND value_double <= 9007199254740992 AND value_double = floor(value_double), 0))"""),

  EXPLICIT(
      "metric_histograms",
      List.of("count", "bounds", "counts"),
      """
      toInt64(count) >= 0 AND (empty(counts) OR (length(counts) = length(bounds) + 1
        AND length(counts) <= 1000 AND arrayAll(bound -> isFinite(bound), bounds)
        AND arrayAll((a, b) -> a < b, arrayPopBack(bounds), arrayPopFront(bounds))
        AND arraySum(c -> toInt128(c), counts) = toInt128(count)))"""),

  EXPONENTIAL(
      "metric_exponential_histograms",
      List.of(
          "count",
          "scale",
          "zero_count",
          "zero_threshold",
          "positive_offset",
          "positive_counts",
          "negative_offset",
          "negative_counts"),
      """
      toInt64(count) >= 0 AND length(positive_counts) + length(negative_counts) <= 1000
        AND scale BETWEEN -10 AND 20 AND zero_threshold >= 0 AND isFinite(zero_threshold)
        AND arraySum(c -> toInt128(c), positive_counts) + arraySum(c -> toInt128(c), negative_counts)
          + toInt128(zero_count) = toInt128(count)""");

  private final String table;
  private final List<String> columns;
  private final String sound;

  /**
   * @param sound holds for no point that counts nothing
   */
  PointTable(String table, List<String> columns, String sound) {
    this.table = table;
    this.columns = columns;
    this.sound = sound;
  }

  String table() {
    return table;
  }

  List<String> columns() {
    return columns;
  }

  String sound() {
    return sound;
  }

  /** As extraction reads it. */
  Measured events(Row row) {
    if ((row.number("flags") & 1) == 1) {
      return new Refused("noValue");
    }
    return switch (this) {
      case NUMBERS -> number(row);
      case EXPLICIT -> explicit(row);
      case EXPONENTIAL -> exponential(row);
    };
  }

  private static Measured number(Row row) {
    if (row.has("value_int")) {
      return Measured.whole(row.number("value_int"));
    }
    return row.has("value_double")
        ? Measured.real(row.real("value_double"))
        : new Refused("noValue");
  }

  private static Measured explicit(Row row) {
    return Measured.explicit(
        row.number("count"),
        row.<Double>list("bounds").stream().mapToDouble(Double::doubleValue).toArray(),
        longs(row, "counts"));
  }

  private static Measured exponential(Row row) {
    return Measured.exponential(
        row.number("count"),
        Math.toIntExact(row.number("scale")),
        row.number("zero_count"),
        row.real("zero_threshold"),
        side(row, "positive"),
        side(row, "negative"));
  }

  /** Unsigned numbers of 64 bits come as signed ones: see {@link PointSql}. */
  static boolean unsigned(String column) {
    return column.equals("count") || column.equals("zero_count");
  }

  static boolean unsignedList(String column) {
    return column.endsWith("counts");
  }

  private static Side side(Row row, String name) {
    return new Side(Math.toIntExact(row.number(name + "_offset")), longs(row, name + "_counts"));
  }

  private static long[] longs(Row row, String column) {
    return row.<Long>list(column).stream().mapToLong(Long::longValue).toArray();
  }
}
