// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.demo.stage.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of every line of an exporter, in the order of its scrapes: as it exposed them, and as
 * the store gives them back.
 */
final class Scraped {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)(?: # .*)?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final String STORED =
      """
      SELECT p.metric AS metric, s.labels AS labels, %s
      FROM %s AS p
      JOIN (SELECT series_id, any(attributes) AS labels FROM metric_series GROUP BY series_id) AS s
        ON s.series_id = p.series_id
      WHERE p.tenant = 'default' AND p.service = '%s' AND p.flags = %d
      ORDER BY p.time
      FORMAT JSONEachRow
      """;

  private final Map<String, List<Double>> values = new TreeMap<>();

  /** Of text bodies, whatever their types are. */
  private static Map<String, List<Double>> exposed(List<String> bodies) {
    Scraped scraped = new Scraped();
    for (String body : bodies) {
      for (String line : body.split("\n")) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          Map<String, String> labels = new TreeMap<>();
          if (matcher.group(2) != null) {
            LABEL
                .matcher(matcher.group(2))
                .results()
                .forEach(label -> labels.put(label.group(1), plain(label.group(2))));
          }
          scraped.add(matcher.group(1), labels, number(matcher.group(3)));
        }
      }
    }
    return scraped.values;
  }

  /** All of a service but what a scraper tells itself; histograms and summaries taken apart. */
  static Map<String, List<Double>> stored(Store store, String service) throws IOException {
    Scraped scraped = new Scraped();
    for (JsonNode row : rows(store, "toString(p.value) AS value", "metric_points", service, 0)) {
      String metric = row.path("metric").asText();
      if (!metric.equals("up") && !metric.startsWith("scrape_")) {
        scraped.add(metric, labels(row), number(row.path("value").asText()));
      }
    }
    String histogram = "p.count AS count, p.sum AS sum, p.bounds AS bounds, p.counts AS counts";
    rows(store, histogram, "metric_histograms", service, 0).forEach(scraped::histogram);
    String summary =
        "p.count AS count, p.sum AS sum, p.quantiles AS quantiles, arrayMap(value -> toString(value), p.quantile_values) AS values";
    rows(store, summary, "metric_summaries", service, 0).forEach(scraped::summary);
    return scraped.values;
  }

  /** Of each scrape, in their order, whether its target was up. */
  static List<Boolean> ups(Store store, String service) throws IOException {
    String question =
        "SELECT value FROM metric_points WHERE tenant = 'default' AND service = '%s' AND metric = 'up' ORDER BY time"
            .formatted(service);
    return store.query(question).stream().map(row -> row.getFirst().equals("1")).toList();
  }

  /** How many of the bodies, in their order, are together all that is stored; else empty. */
  static Optional<Long> kept(List<String> bodies, Map<String, List<Double>> stored) {
    Map<String, List<Double>> together = new TreeMap<>();
    long kept = 0;
    for (String body : bodies) {
      Map<String, List<Double>> one = exposed(List.of(body));
      if (one.entrySet().stream().allMatch(e -> isNext(e, together, stored))) {
        one.forEach(
            (series, values) ->
                together.computeIfAbsent(series, _ -> new ArrayList<>()).addAll(values));
        kept++;
      }
    }
    return together.equals(stored) ? Optional.of(kept) : Optional.empty();
  }

  private static boolean isNext(
      Map.Entry<String, List<Double>> exposed,
      Map<String, List<Double>> before,
      Map<String, List<Double>> stored) {
    int from = before.getOrDefault(exposed.getKey(), List.of()).size();
    List<Double> all = stored.getOrDefault(exposed.getKey(), List.of());
    int to = from + exposed.getValue().size();
    return to <= all.size() && all.subList(from, to).equals(exposed.getValue());
  }

  /** Names of the metrics whose end is stored, one for each series. */
  static List<String> ended(Store store, String service) throws IOException {
    List<String> ended = new ArrayList<>();
    for (String table : List.of("metric_points", "metric_histograms", "metric_summaries")) {
      rows(store, "p.flags AS flags", table, service, 1)
          .forEach(row -> ended.add(row.path("metric").asText()));
    }
    return ended;
  }

  private static List<JsonNode> rows(
      Store store, String columns, String table, String service, int flags) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : store.run(STORED.formatted(columns, table, service, flags)).split("\n")) {
      if (!line.isEmpty()) {
        rows.add(JSON.readTree(line));
      }
    }
    return rows;
  }

  private void histogram(JsonNode row) {
    String metric = row.path("metric").asText();
    Map<String, String> labels = labels(row);
    double below = 0;
    for (int i = 0; i < row.path("counts").size(); i++) {
      JsonNode bound = row.path("bounds").path(i);
      below += row.path("counts").path(i).asDouble();
      Map<String, String> all = new TreeMap<>(labels);
      all.put("le", bound.isMissingNode() ? "+Inf" : bound.asText());
      add(metric + "_bucket", all, below);
    }
    add(metric + "_count", labels, row.path("count").asDouble());
    add(metric + "_sum", labels, row.path("sum").asDouble());
  }

  private void summary(JsonNode row) {
    String metric = row.path("metric").asText();
    Map<String, String> labels = labels(row);
    for (int i = 0; i < row.path("quantiles").size(); i++) {
      Map<String, String> all = new TreeMap<>(labels);
      all.put("quantile", row.path("quantiles").path(i).asText());
      add(metric, all, number(row.path("values").path(i).asText()));
    }
    add(metric + "_count", labels, row.path("count").asDouble());
    add(metric + "_sum", labels, row.path("sum").asDouble());
  }

  /** Bounds are numbers: 1 and 1.0 are one. */
  private void add(String metric, Map<String, String> labels, double value) {
    Map<String, String> named = new TreeMap<>(labels);
    for (String bound : List.of("le", "quantile")) {
      named.computeIfPresent(bound, (name, text) -> Double.toString(number(text)));
    }
    values.computeIfAbsent(metric + named, key -> new ArrayList<>()).add(value);
  }

  private static Map<String, String> labels(JsonNode row) {
    Map<String, String> labels = new TreeMap<>();
    row.path("labels").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
    return labels;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf", "inf" -> Double.POSITIVE_INFINITY;
      case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private static String plain(String escaped) {
    return escaped.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
  }
}
