// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.archive.metrics.RangeAnswer.Line;
import dev.nines.archive.metrics.RangeAnswer.Point;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The course of a metric over time, computed in the store from raw points. */
public final class MetricRange {

  private final Query query;
  private final MetricCatalog catalog;

  public MetricRange(Query query, MetricCatalog catalog) {
    this.query = query;
    this.catalog = catalog;
  }

  /**
   * @throws IllegalArgumentException when the series found do not allow the question
   */
  RangeAnswer answer(RangeQuestion question) {
    List<Series> series = catalog.series(question.selector());
    if (series.size() > MetricCatalog.MAX_SERIES) {
      throw new IllegalArgumentException(
          "match: more than %d series".formatted(MetricCatalog.MAX_SERIES));
    }
    if (series.isEmpty()) {
      return answer(question, "", "", List.of());
    }
    String type = only("type", series, Series::type);
    String unit = only("unit", series, Series::unit);
    question.function().check(type);
    Lines lines = new Lines(question, series);
    switch (question.function()) {
      case QUANTILE -> quantiles(question, type, lines);
      case LAST, AVG, MIN, MAX, SUM, COUNT, INCREASE, RATE ->
          query
              .rows(statement(question, type))
              .forEach(row -> lines.add(row, value(question, row)));
    }
    return answer(question, type, unit, lines.all());
  }

  private static Sql statement(RangeQuestion question, String type) {
    return switch (type) {
      case "gauge", "sum" -> NumberRange.sql(question);
      case "histogram" -> DistributionRange.sql(question, "metric_histograms");
      case "exponential_histogram" ->
          DistributionRange.sql(question, "metric_exponential_histograms");
      case "summary" -> DistributionRange.sql(question, "metric_summaries");
      default -> throw new IllegalStateException("unknown type " + type);
    };
  }

  private static @Nullable Number value(RangeQuestion question, Row row) {
    boolean whole = row.number("whole") == 1;
    if (question.function() == RangeFunction.RATE) {
      double increase = whole ? row.integer("i").doubleValue() : row.real("d");
      return finite(increase / question.windows().stepSeconds());
    }
    return whole ? row.integer("i") : finite(row.real("d"));
  }

  /** Rows of one line and window follow each other: one for each shape of histogram. */
  private void quantiles(RangeQuestion question, String type, Lines lines) {
    boolean explicit = type.equals("histogram");
    Sql sql = explicit ? BucketRange.explicit(question) : BucketRange.exponential(question);
    Row open = null;
    Buckets buckets = fresh(explicit);
    for (Row row : query.rows(sql)) {
      if (open != null && !Lines.sameWindow(open, row)) {
        lines.add(open, buckets.quantile(question.quantile()));
        buckets = fresh(explicit);
      }
      buckets.add(row);
      open = row;
    }
    if (open != null) {
      lines.add(open, buckets.quantile(question.quantile()));
    }
  }

  private static Buckets fresh(boolean explicit) {
    return explicit ? new ExplicitBuckets() : new ExponentialBuckets();
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static String only(String key, List<Series> series, Function<Series, String> of) {
    List<String> words = series.stream().map(of).distinct().sorted().toList();
    if (words.size() > 1) {
      throw new IllegalArgumentException(
          "match: series of several %ss (%s); add %s=..."
              .formatted(key, String.join(", ", words), key));
    }
    return words.getFirst();
  }

  private static RangeAnswer answer(
      RangeQuestion question, String type, String unit, List<Line> lines) {
    return new RangeAnswer(
        question.selector().metric(),
        type,
        unit,
        question.function().word(),
        question.from(),
        question.to(),
        question.windows().stepSeconds(),
        lines);
  }

  /** Rows gathered into lines. */
  private static final class Lines {

    private final RangeQuestion question;
    private final Map<List<String>, Series> series = new LinkedHashMap<>();
    private final Map<List<String>, List<Point>> points = new LinkedHashMap<>();

    Lines(RangeQuestion question, List<Series> series) {
      this.question = question;
      series.forEach(each -> this.series.put(List.of(each.id(), each.region()), each));
    }

    static boolean sameWindow(Row one, Row other) {
      return one.number("w") == other.number("w")
          && one.<String>list("labels").equals(other.<String>list("labels"));
    }

    void add(Row row, @Nullable Number value) {
      add(row, new Point(question.windows().end(row.number("w")), value, null, null));
    }

    void add(Row row, Optional<Estimate> estimate) {
      estimate.ifPresent(
          found ->
              add(
                  row,
                  new Point(
                      question.windows().end(row.number("w")),
                      finite(found.value()),
                      finite(found.lower()),
                      finite(found.upper()))));
    }

    private void add(Row row, Point point) {
      points.computeIfAbsent(row.list("labels"), labels -> new ArrayList<>()).add(point);
    }

    List<Line> all() {
      return points.entrySet().stream().map(e -> line(e.getKey(), e.getValue())).toList();
    }

    private Line line(List<String> labels, List<Point> of) {
      Map<String, String> named = new TreeMap<>();
      Optional<List<Label>> by = question.by();
      if (by.isPresent()) {
        for (int i = 0; i < labels.size(); i++) {
          named.put(by.get().get(i).key(), labels.get(i));
        }
        return new Line(null, named, of);
      }
      Series one = series.get(labels);
      if (one != null) {
        named.putAll(one.attributes());
        named.put("service", one.service());
      }
      named.put("region", labels.getLast());
      return new Line(labels.getFirst(), named, of);
    }
  }
}
