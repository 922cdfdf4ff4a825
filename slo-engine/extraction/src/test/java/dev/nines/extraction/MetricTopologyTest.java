// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static dev.nines.extraction.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanPredicate.Attribute;
import dev.nines.objectives.SpanPredicate.Comparison;
import dev.nines.telemetry.TelemetryTopics;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which points count, from when, and where. */
class MetricTopologyTest {

  private static final Duration TICK = Duration.ofMillis(50);

  @TempDir Path state;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(state);
    bench.objectives.add(
        Traffic.generation(
            1, START, Points.orders("orders", 1), Points.quick("quick", 1, "250", "ms")));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aStreamThatBeganBehindTheLineCountsFromItsStart() {
    orders("new", START, START.plusSeconds(15), 7);
    orders("new", START, START.plusSeconds(30), 9);
    assertThat(totals()).isEqualTo(Map.of(10L, 7L, 30L, 2L));
  }

  @Test
  void anOlderStreamAndOneOfUnknownStartHaveABaseline() {
    orders("old", START.minusMillis(1), START.plusSeconds(15), 700);
    orders("unset", Instant.EPOCH, START.plusSeconds(15), 700);
    orders("first", START.plusSeconds(15), START.plusSeconds(15), 700);
    assertThat(totals()).isEmpty();
    orders("old", START.minusMillis(1), START.plusSeconds(30), 703);
    orders("unset", Instant.EPOCH, START.plusSeconds(30), 704);
    orders("first", START.plusSeconds(15), START.plusSeconds(30), 705);
    assertThat(totals()).isEqualTo(Map.of(30L, 12L));
  }

  @Test
  void whatMayHaveBeenForgottenHasABaseline() {
    Instant late = START.plus(Duration.ofHours(13));
    send(late, Points.counter("orders", "pod", START, late, 9));
    assertThat(totals()).isEmpty();
  }

  @Test
  void aRestartBeginsAnewAndALatePointOfBeforeFindsItsPlace() {
    orders("pod", START, START.plusSeconds(10), 10);
    orders("pod", START.plusSeconds(25), START.plusSeconds(30), 3);
    orders("pod", START, START.plusSeconds(20), 14);
    assertThat(totals()).isEqualTo(Map.of(10L, 10L, 20L, 4L, 30L, 3L));
  }

  @Test
  void aValueThatFallsIsAResetAndSaysSo() {
    orders("pod", START, START.plusSeconds(10), 10);
    orders("pod", START, START.plusSeconds(20), 4);
    orders("pod", START, START.plusSeconds(15), 9);
    assertThat(totals()).isEqualTo(Map.of(10L, 10L, 20L, 4L));
    assertThat(outcome("series_points", "reset")).isEqualTo(1.0);
    assertThat(outcome("series_points", "old")).isEqualTo(1.0);
  }

  /** An SLO that was taken away for two hours and comes back: its line begins with nothing. */
  @Test
  void whatNobodySelectedBelongsToNoLine() {
    orders("pod", START, START.plusSeconds(10), 10);
    assertThat(totals()).isEqualTo(Map.of(10L, 10L));
    Instant back = START.plus(Duration.ofHours(2));
    bench.objectives.add(Traffic.generation(2, START.plusSeconds(60)));
    bench.objectives.add(Traffic.generation(3, back, Points.orders("orders", 3)));
    send(back, Points.counter("orders", "pod", START, back.plusSeconds(10), 100_000));
    send(back, Points.counter("orders", "pod", START, back.plusSeconds(20), 100_007));
    assertThat(totals()).isEqualTo(Map.of(7_220L, 7L));
  }

  /** Whether the point before is known or not, what was added since then is the back-fill's. */
  @Test
  void theIntervalThatALineBeganInIsLeftToItsBackfill() {
    orders("pod", START, START.plusSeconds(10), 10);
    bench.objectives.add(Traffic.generation(2, START.plusSeconds(30), Points.orders("orders", 2)));
    orders("pod", START, START.plusSeconds(40), 15);
    orders("pod", START, START.plusSeconds(50), 18);
    assertThat(totals()).isEqualTo(Map.of(10L, 10L, 50L, 3L));
  }

  @Test
  void bothHalvesOfARatioAreTold() {
    Instant time = START.plusSeconds(10);
    send(
        time,
        Points.counter("orders.failed", "pod", START, time, 3),
        Points.counter("orders", "pod", START, time, 10));
    Counts counts = counts().getFirst();
    assertThat(counts.source()).isEqualTo(Source.COUNTERS);
    assertThat(counts.cells()).containsExactly(new Cell(slice(10), 7, 10));
  }

  @Test
  void deltasCountWhereTheyCome() {
    Instant time = START.plusSeconds(10);
    send(time, Points.sum("orders", Points.DELTA, Points.point("pod", START, time, 10)));
    assertThat(bench.records(TelemetryTopics.SERIES_POINTS)).isEmpty();
    assertThat(totals()).isEqualTo(Map.of(10L, 10L));
  }

  @Test
  void onlyWholeNumbersOfMonotonicSumsCount() {
    Instant time = START.plusSeconds(10);
    var point = Points.point("pod", START, time, 0);
    send(time, Points.sum("orders", Points.DELTA, point.clone().setAsDouble(5.0)));
    send(time, Points.sum("orders", Points.DELTA, point.clone().setAsDouble(5.5)));
    send(time, Points.sum("orders", Points.DELTA, point.clone().setAsDouble(Double.NaN)));
    send(time, Points.sum("orders", Points.DELTA, point.clone().setAsInt(-1)));
    send(time, Points.sum("orders", Points.DELTA, point.clone().setFlags(1)));
    Metric sum = Points.sum("orders", Points.DELTA, point.clone().setAsInt(9));
    send(time, sum.toBuilder().setSum(sum.getSum().toBuilder().setIsMonotonic(false)).build());
    send(
        time,
        Metric.newBuilder()
            .setName("orders")
            .setGauge(Gauge.newBuilder().addDataPoints(point.clone().setAsInt(9)))
            .build());
    assertThat(totals()).isEqualTo(Map.of(10L, 5L));
    assertThat(outcome("points", "fractional")).isEqualTo(2.0);
    assertThat(outcome("points", "malformed")).isEqualTo(1.0);
    assertThat(outcome("points", "noValue")).isEqualTo(1.0);
    assertThat(outcome("points", "notCounter")).isEqualTo(2.0);
  }

  @Test
  void histogramsSplitAtTheThreshold() {
    Instant time = START.plusSeconds(10);
    var exact = Points.buckets("a", START, time, List.of(0.1, 0.25), 1, 2, 4);
    send(time, Points.histogram("duration", Points.CUMULATIVE, exact));
    var between = Points.buckets("b", START, time, List.of(0.1, 0.5), 1, 2, 4);
    send(time, Points.histogram("duration", Points.DELTA, between));
    assertThat(cells())
        .containsExactlyInAnyOrder(new Cell(slice(10), 3, 7, 0), new Cell(slice(10), 1, 7, 2));
  }

  @Test
  void exponentialHistogramsKeepTheirScaleApart() {
    Instant first = START.plusSeconds(10);
    Instant second = START.plusSeconds(20);
    // 2^-2 is a bound at every scale: index -8 at scale 2, -4 at scale 1.
    send(first, Points.exponential("duration", exponential(first, 2, -10, 1, 1, 1, 1)));
    send(second, Points.exponential("duration", exponential(second, 1, -5, 3, 4)));
    assertThat(cells())
        .containsExactlyInAnyOrder(new Cell(slice(10), 2, 4, 0), new Cell(slice(20), 1, 3, 0));
  }

  @Test
  void aThresholdInTimeFitsNoOtherUnit() {
    Instant time = START.plusSeconds(10);
    Metric bytes =
        Points.histogram(
                "duration", Points.DELTA, Points.buckets("a", START, time, List.of(0.25), 1, 2))
            .toBuilder()
            .setUnit("By")
            .build();
    send(time, bytes);
    assertThat(cells()).isEmpty();
    assertThat(outcome("points", "otherUnit")).isEqualTo(1.0);
  }

  @Test
  void someSeriesOfAHistogramAreTheBadOnes() {
    MetricSelection all = new MetricSelection("duration", "checkout", Map.of(), List.of());
    MetricSelection bad =
        new MetricSelection(
            "duration", "checkout", Map.of(), List.of(new Attribute("code", Comparison.GE, "500")));
    Slo slo = Points.slo("codes", 2, new CounterIndicator(all, bad, CounterIndicator.Part.BAD));
    bench.objectives.add(Traffic.generation(2, START.plusSeconds(1), slo));
    Instant time = START.plusSeconds(10);
    for (int code : new int[] {200, 503}) {
      var point =
          Points.buckets("a", START.plusSeconds(1), time, List.of(0.25), code == 200 ? 5 : 1, 1)
              .addAttributes(Traffic.number("code", code));
      send(time, Points.histogram("duration", Points.CUMULATIVE, point));
    }
    assertThat(cells()).containsExactly(new Cell(slice(10), 6, 8));
  }

  private static ExponentialHistogramDataPoint.Builder exponential(
      Instant time, int scale, int offset, long... counts) {
    ExponentialHistogramDataPoint.Builder point =
        ExponentialHistogramDataPoint.newBuilder()
            .addAttributes(Traffic.text("pod", "a"))
            .setStartTimeUnixNano(Points.nanos(START))
            .setTimeUnixNano(Points.nanos(time))
            .setScale(scale);
    point.getPositiveBuilder().setOffset(offset);
    long total = 0;
    for (long count : counts) {
      point.getPositiveBuilder().addBucketCounts(count);
      total += count;
    }
    return point.setCount(total);
  }

  private void orders(String pod, Instant start, Instant time, long value) {
    send(START.plusSeconds(60), Points.counter("orders", pod, start, time, value));
  }

  private void send(Instant appendedAt, Metric... metrics) {
    bench.send("eu", Points.batch("checkout", metrics), appendedAt);
  }

  private List<Counts> counts() {
    bench.pass(TICK);
    return bench.counts().stream().map(Counts.class::cast).toList();
  }

  private List<Cell> cells() {
    return counts().stream().flatMap(record -> record.cells().stream()).toList();
  }

  /** Totals of the ratio by second of their slice after the start. */
  private Map<Long, Long> totals() {
    Map<Long, Long> totals = new java.util.TreeMap<>();
    for (Cell cell : cells()) {
      totals.merge(cell.sliceStartSeconds() - START.getEpochSecond(), cell.total(), Long::sum);
    }
    return totals;
  }

  private double outcome(String metric, String word) {
    return Optional.ofNullable(
            bench.registry.getSampleValue(
                "nines_extraction_" + metric + "_total",
                new String[] {"outcome"},
                new String[] {word}))
        .orElse(0.0);
  }

  private static long slice(long second) {
    return START.getEpochSecond() + second;
  }
}
