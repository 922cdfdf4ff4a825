// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.archive.Conditions;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import java.time.Instant;
import java.util.List;

/** Which metrics and which series a tenant has, from {@code metric_series}. */
public final class MetricCatalog {

  /** Metrics of one answer. */
  public static final int MAX_METRICS = 2_000;

  /** Series of one answer. */
  public static final int MAX_SERIES = 1_000;

  private static final String METRICS =
      """
      SELECT metric AS name, toString(type) AS type_name, toString(unit) AS unit_name,
        toString(temporality) AS temporality_name, toUInt8(monotonic) AS is_monotonic,
        anyLast(description) AS text, uniqExact(series_id) AS series, max(last_seen) AS seen
      FROM metric_series
      WHERE %s
      GROUP BY name, type_name, unit_name, temporality_name, is_monotonic
      ORDER BY name, type_name, unit_name, temporality_name, is_monotonic
      LIMIT {limit:UInt32}
      """;

  private static final String SERIES =
      """
      SELECT lower(hex(series_id)) AS id, toString(region) AS region_name,
        any(toString(type)) AS type_name, any(toString(unit)) AS unit_name,
        anyLast(description) AS text, any(toString(temporality)) AS temporality_name,
        any(toUInt8(monotonic)) AS is_monotonic, any(toString(service)) AS service_name,
        any(resource) AS resource_texts, any(toString(scope)) AS scope_name,
        any(toString(scope_version)) AS scope_version_name, any(attributes) AS attribute_texts,
        min(first_seen) AS first, max(last_seen) AS last
      FROM metric_series
      WHERE %s
      GROUP BY series_id, region
      ORDER BY id, region_name
      LIMIT {limit:UInt32}
      """;

  private final Query query;

  public MetricCatalog(Query query) {
    this.query = query;
  }

  /**
   * By name, at most {@link #MAX_METRICS} and one more.
   *
   * @param prefix of the name, empty for all
   */
  List<MetricName> metrics(String tenant, String region, String prefix, Instant since) {
    Conditions where = new Conditions();
    where.add("tenant = {tenant:String}", "tenant", tenant);
    where.addText("region", region);
    where.add("startsWith(metric, {prefix:String})", "prefix", prefix);
    where.add(
        "appended_on >= toDate(fromUnixTimestamp64Milli({since:Int64}, 'UTC'))",
        "since",
        since.toEpochMilli());
    where.value("limit", MAX_METRICS + 1);
    return query.rows(where.sql(METRICS.formatted(where.text()))).stream()
        .map(MetricCatalog::metric)
        .toList();
  }

  /** At most {@link #MAX_SERIES} and one more. */
  List<Series> series(SeriesSelector selector) {
    Conditions where = selector.where();
    where.value("limit", MAX_SERIES + 1);
    return query.rows(where.sql(SERIES.formatted(where.text()))).stream()
        .map(MetricCatalog::series)
        .toList();
  }

  private static MetricName metric(Row row) {
    return new MetricName(
        row.text("name"),
        row.text("type_name"),
        row.text("unit_name"),
        row.text("text"),
        row.text("temporality_name"),
        row.number("is_monotonic") == 1,
        row.number("series"),
        row.instant("seen"));
  }

  private static Series series(Row row) {
    return new Series(
        row.text("id"),
        row.text("region_name"),
        row.text("type_name"),
        row.text("unit_name"),
        row.text("text"),
        row.text("temporality_name"),
        row.number("is_monotonic") == 1,
        row.text("service_name"),
        row.texts("resource_texts"),
        row.text("scope_name"),
        row.text("scope_version_name"),
        row.texts("attribute_texts"),
        row.instant("first"),
        row.instant("last"));
  }
}
