// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nines.archive.metrics.MetricCatalog;
import dev.nines.archive.metrics.MetricDataResource;
import dev.nines.archive.metrics.MetricRange;
import dev.nines.archive.metrics.RangeAnswer;
import dev.nines.archive.metrics.RangeAnswer.Line;
import dev.nines.archive.metrics.RangeAnswer.Point;
import dev.nines.objectives.access.Principal;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The course of counters and histograms against what their clients counted and measured. */
class MetricRangeTest extends TableTest {

  private static final Instant TO = Records.APPENDED.truncatedTo(ChronoUnit.HOURS);
  private static final Instant FROM = TO.minus(Duration.ofHours(2));

  private final long seed = new Random().nextLong();
  private final CounterPoints counters = new CounterPoints(new Random(seed), FROM, TO);
  private final Measurements measured = new Measurements(new Random(seed), FROM, TO);
  private MetricDataResource resource;

  @BeforeAll
  void fill() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(counters.records("acme"));
    records.addAll(measured.records());
    records.addAll(new CounterPoints(new Random(1), FROM, TO).records("rival"));
    store(new MetricMapper(new CollectorRegistry()), MetricMapper.TABLES, records);
    Principal reader = new Principal("acme", "test", "", Set.of(Principal.Right.READ));
    MetricCatalog catalog = new MetricCatalog(query);
    resource =
        new MetricDataResource(
            () -> reader, catalog, new MetricRange(query, catalog), () -> Records.APPENDED);
  }

  /**
   * Resets, gaps, lost and late points, two writers, another region on the way: to the last digit.
   */
  @ParameterizedTest
  @ValueSource(longs = {7, 60, 3_600})
  void increasesAreExact(long step) {
    Map<String, Map<Long, Long>> expected = counters.increases(step);
    RangeAnswer answer = range(CounterPoints.METRIC, step, "increase", null, "series");
    Map<String, Map<Long, Long>> found = new TreeMap<>();
    for (Line line : answer.series()) {
      Map<Long, Long> points = new TreeMap<>();
      line.points().forEach(p -> points.put(p.at().getEpochSecond(), longValue(p)));
      found.put(line.labels().get(CounterPoints.SERIES), points);
    }
    assertThat(found).as("seed %d", seed).isEqualTo(expected);
    assertThat(found).hasSize(8);
  }

  @Test
  void allSeriesTogetherAreTheSumAndARateIsBySecond() {
    TreeMap<Long, Long> total = new TreeMap<>();
    counters
        .increases(60)
        .values()
        .forEach(each -> each.forEach((at, n) -> total.merge(at, n, Long::sum)));
    List<Point> increase =
        range(CounterPoints.METRIC, 60, "increase", null, "").series().getFirst().points();
    List<Point> rate =
        range(CounterPoints.METRIC, 60, "rate", null, "").series().getFirst().points();
    assertThat(increase.stream().map(MetricRangeTest::longValue).toList())
        .as("seed %d", seed)
        .containsExactlyElementsOf(total.values());
    for (int i = 0; i < rate.size(); i++) {
      assertThat(value(rate.get(i))).isEqualTo(value(increase.get(i)) / 60);
    }
  }

  @Test
  void countAndSumOfHistogramsAreThoseOfTheMeasurements() {
    for (String metric : List.of(Measurements.EXPLICIT, Measurements.EXPONENTIAL)) {
      checkEach(
          metric, "count", null, (values, p) -> assertThat(longValue(p)).isEqualTo(values.size()));
      checkEach(
          metric,
          "sum",
          null,
          (values, p) -> assertThat(value(p)).isCloseTo(Measurements.sum(values), within(1e-6)));
      checkEach(
          metric,
          "avg",
          null,
          (values, p) ->
              assertThat(value(p))
                  .isCloseTo(Measurements.sum(values) / values.size(), within(1e-6)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.1", "0.5", "0.9", "0.99", "1"})
  void theTrueQuantileIsWithinTheBounds(String q) {
    checkEach(Measurements.EXPLICIT, "quantile", q, (values, p) -> checkQuantile(values, q, p));
    checkEach(
        Measurements.EXPONENTIAL, "quantile", q, (values, p) -> checkExponential(values, q, p));
  }

  /** Pods with other bounds and scales, added up. */
  @ParameterizedTest
  @ValueSource(strings = {"0.5", "0.95"})
  void quantilesOfMergedHistogramsAreWithinTheBounds(String q) {
    TreeMap<Long, List<Double>> all = new TreeMap<>();
    measured
        .told
        .values()
        .forEach(
            pod ->
                pod.forEach(
                    (at, values) ->
                        all.computeIfAbsent(at, key -> new ArrayList<>()).addAll(values)));
    check(
        all,
        range(Measurements.EXPLICIT, 60, "quantile", q, "").series().getFirst(),
        (values, p) -> checkQuantile(values, q, p));
    check(
        all,
        range(Measurements.EXPONENTIAL, 60, "quantile", q, "").series().getFirst(),
        (values, p) -> checkExponential(values, q, p));
  }

  /** A check of one window against its measurements. */
  private interface Check {
    void check(List<Double> values, Point point);
  }

  private void checkEach(String metric, String fn, String q, Check check) {
    List<Line> lines = range(metric, 60, fn, q, "pod").series();
    assertThat(lines).hasSameSizeAs(measured.told.keySet()).hasSize(4);
    for (Line line : lines) {
      check(measured.told.get(line.labels().get("pod")), line, check);
    }
  }

  private void check(TreeMap<Long, List<Double>> told, Line line, Check check) {
    Map<Long, List<Double>> asked =
        told.subMap(FROM.getEpochSecond(), false, TO.getEpochSecond(), true);
    assertThat(line.points()).as("seed %d %s", seed, line.labels()).hasSameSizeAs(asked.keySet());
    for (Point point : line.points()) {
      check.check(asked.get(point.at().getEpochSecond()), point);
    }
  }

  private void checkQuantile(List<Double> values, String q, Point point) {
    double truth = quantile(values, Double.parseDouble(q));
    double lower = point.lower() == null ? Double.NEGATIVE_INFINITY : point.lower();
    double upper = point.upper() == null ? Double.POSITIVE_INFINITY : point.upper();
    assertThat(truth).as("seed %d %s", seed, point).isBetween(lower, upper);
    assertThat(value(point)).isBetween(lower, upper);
  }

  private void checkExponential(List<Double> values, String q, Point point) {
    checkQuantile(values, q, point);
    double truth = quantile(values, Double.parseDouble(q));
    double base = Math.pow(2, Math.pow(2, -Measurements.LEAST_SCALE));
    double threshold = 0.001 * base;
    assertThat(value(point))
        .as("seed %d %s", seed, point)
        .isCloseTo(truth, within(Math.abs(truth) * (base - 1) / (base + 1) + threshold));
  }

  /** The measurement of that rank. */
  private static double quantile(List<Double> values, double q) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.max(1, Math.ceil(q * sorted.size())) - 1);
  }

  private RangeAnswer range(String metric, long step, String fn, String q, String by) {
    return resource.queryRange(
        metric, List.of(), FROM.toString(), TO.toString(), Long.toString(step), fn, q, List.of(by));
  }

  private static long longValue(Point point) {
    return new java.math.BigDecimal(String.valueOf(point.value())).longValueExact();
  }

  private static double value(Point point) {
    return new java.math.BigDecimal(String.valueOf(point.value())).doubleValue();
  }
}
