// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.points;

import dev.nines.demo.stage.Store;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Points in the store.
 *
 * @param texts what each point says, by {@link SentPoint#key}; several texts cannot all be true
 */
public record StoredPoints(Map<String, Map<String, Long>> texts) {

  private static final String ROWS =
      """
      SELECT s.name, toUnixTimestamp64Nano(p.start), toUnixTimestamp64Nano(p.time), %s AS text, count()
      FROM %s AS p
      JOIN (
        SELECT series_id, concat(any(resource)['cloud.region'], '|', any(service), '|',
          any(resource)['service.version'], '|', any(metric), '|',
          arrayStringConcat(arraySort(arrayMap((k, v) -> concat(k, '=', v),
            mapKeys(any(attributes)), mapValues(any(attributes)))), ',')) AS name
        FROM metric_series WHERE tenant = 'default' GROUP BY series_id) AS s ON s.series_id = p.series_id
      WHERE p.tenant = 'default' GROUP BY 1, 2, 3, 4""";

  /** How each table's rows say what {@link Measured#text} says. */
  private static final Map<String, String> TABLES =
      Map.of(
          "metric_points",
          "ifNull(toString(p.value_int), 'no integer')",
          "metric_histograms",
          "concat(toString(reinterpretAsInt64(assumeNotNull(p.sum))), ' ',"
              + " toString(arrayMap(b -> reinterpretAsInt64(b), p.bounds)), ' ',"
              + " toString(p.counts))",
          "metric_exponential_histograms",
          "concat(toString(reinterpretAsInt64(assumeNotNull(p.sum))), ' ', toString(p.scale), ' ',"
              + " toString(p.zero_count), ' ', toString(p.positive_offset), ' ',"
              + " toString(p.positive_counts))");

  public static StoredPoints read(Store store) throws IOException {
    Map<String, Map<String, Long>> texts = new HashMap<>();
    for (Map.Entry<String, String> table : TABLES.entrySet()) {
      for (List<String> row : store.query(ROWS.formatted(table.getValue(), table.getKey()))) {
        String key = String.join("|", row.get(0), row.get(1), row.get(2));
        texts
            .computeIfAbsent(key, point -> new HashMap<>())
            .merge(row.get(3), Long.parseLong(row.get(4)), Long::sum);
      }
    }
    return new StoredPoints(texts);
  }

  public Set<String> keys() {
    return texts.keySet();
  }

  /** Rows, repeats among them. */
  public long rows() {
    return texts.values().stream()
        .flatMap(each -> each.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  boolean says(SentPoint point) {
    Map<String, Long> found = texts.get(point.key());
    return found != null && found.keySet().equals(Set.of(point.measured().text()));
  }
}
