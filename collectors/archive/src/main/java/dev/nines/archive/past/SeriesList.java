// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.past;

import dev.nines.objectives.Group;
import dev.nines.objectives.Slo;
import dev.nines.objectives.series.Wanted;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the stored series that an SLO selects. */
final class SeriesList {

  /** As many as one task of extraction remembers. */
  static final int SERIES_MAX = 50_000;

  /** Series of its metrics, which it may select or not. */
  static final int READ_MAX = 200_000;

  /** Rows in memory. */
  private static final int PAGE = 5_000;

  /** Longer values of a grouping attribute are cut there, as extraction does. */
  private static final int VALUE_BYTES = 4 * Group.CHARACTERS_MAX;

  /** In the order of the table's key: a page reads its own series, and none of those behind it. */
  private static final String SERIES =
      """
      SELECT hex(series_id) AS id, toString(any(type)) AS of_type, toString(any(temporality)) AS of_temporality,
        toUInt8(any(monotonic)) AS monotonic, any(unit) AS unit, any(service) AS of_service,
        mapKeys(any(attributes)) AS keys, mapValues(any(attributes)) AS vals,
        mapKeys(any(resource)) AS resource_keys, mapValues(any(resource)) AS resource_vals,
        toInt64(toUInt16(max(appended_on))) AS last_day
      FROM metric_series
      WHERE tenant = {tenant:String} AND metric = {metric:String}
        AND appended_on >= toDate(fromUnixTimestamp64Milli({since:Int64}, 'UTC'))
        AND (empty({service:String}) OR service = {service:String})
        AND series_id > toFixedString(unhex({after:String}), 16)
      GROUP BY tenant, metric, series_id
      ORDER BY tenant, metric, series_id
      LIMIT {page:Int64}
      SETTINGS optimize_aggregation_in_order = 1
      """;

  private final Query query;

  SeriesList(Query query) {
    this.query = query;
  }

  /** What an SLO selects. */
  sealed interface Found {

    record All(List<PastSeries> series) implements Found {}

    record TooMany(String why) implements Found {}
  }

  /** Of points that were appended since then. */
  Found of(Slo slo, Instant since) {
    Map<String, PastSeries> found = new LinkedHashMap<>();
    int read = 0;
    for (Map.Entry<String, List<Wanted>> metric : byMetric(slo).entrySet()) {
      String after = "";
      List<Row> page;
      do {
        page = page(slo, metric.getKey(), metric.getValue(), since, after);
        for (Row row : page) {
          series(slo, metric.getKey(), metric.getValue(), row)
              .ifPresent(each -> found.put(each.id(), each));
          after = row.text("id");
        }
        read += page.size();
      } while (page.size() == PAGE && found.size() <= SERIES_MAX && read <= READ_MAX);
    }
    if (found.size() > SERIES_MAX) {
      return tooMany("it selects more than %d series in its period", SERIES_MAX);
    }
    return read > READ_MAX
        ? tooMany("its metrics have more than %d series in its period to select from", READ_MAX)
        : new Found.All(List.copyOf(found.values()));
  }

  private static Found tooMany(String why, int most) {
    return new Found.TooMany(why.formatted(most));
  }

  /** Both halves of a ratio may be series of one metric. */
  private static Map<String, List<Wanted>> byMetric(Slo slo) {
    Map<String, List<Wanted>> byMetric = new HashMap<>();
    for (Wanted wanted : Wanted.of(slo.indicator())) {
      byMetric
          .computeIfAbsent(wanted.selection().metric(), metric -> new ArrayList<>())
          .add(wanted);
    }
    return byMetric;
  }

  private List<Row> page(Slo slo, String metric, List<Wanted> wanted, Instant since, String after) {
    List<String> services =
        wanted.stream().map(each -> each.selection().service()).distinct().toList();
    return query.rows(
        Sql.of(SERIES)
            .with("tenant", slo.id().tenant())
            .with("metric", metric)
            .with("since", since.toEpochMilli())
            .with("service", services.size() == 1 ? services.getFirst() : "")
            .with("after", after)
            .with("page", PAGE));
  }

  private static Optional<PastSeries> series(Slo slo, String metric, List<Wanted> wanted, Row row) {
    Optional<PointTable> table = table(row);
    Labels labels =
        new Labels(
            row.list("keys"),
            row.list("vals"),
            row.list("resource_keys"),
            row.list("resource_vals"));
    List<PastSeries.Use> uses = new ArrayList<>();
    for (Wanted each : wanted) {
      if (new SeriesTests(each.selection()).select(row.text("of_service"), labels)) {
        each.limit(row.text("unit"))
            .ifPresent(limit -> uses.add(new PastSeries.Use(each.role(), limit)));
      }
    }
    return uses.isEmpty()
        ? Optional.empty()
        : table.map(
            found ->
                new PastSeries(
                    row.text("id"),
                    metric,
                    found,
                    row.text("of_temporality").equals("delta"),
                    group(slo.groupBy(), labels),
                    row.number("last_day"),
                    uses));
  }

  /** Empty for what counts nothing: gauges, sums that may fall, summaries. */
  private static Optional<PointTable> table(Row row) {
    if (row.text("of_temporality").equals("unspecified")) {
      return Optional.empty();
    }
    return switch (row.text("of_type")) {
      case "sum" ->
          row.number("monotonic") == 1 ? Optional.of(PointTable.NUMBERS) : Optional.empty();
      case "histogram" -> Optional.of(PointTable.EXPLICIT);
      case "exponential_histogram" -> Optional.of(PointTable.EXPONENTIAL);
      default -> Optional.empty();
    };
  }

  private static String group(String groupBy, Labels labels) {
    if (groupBy.isEmpty()) {
      return Group.ALL;
    }
    byte[] raw = labels.find(groupBy).orElse("").getBytes(StandardCharsets.UTF_8);
    byte[] cut = raw.length <= VALUE_BYTES ? raw : Arrays.copyOf(raw, VALUE_BYTES);
    return Group.of(StandardCharsets.UTF_8.decode(ByteBuffer.wrap(cut)).toString());
  }
}
