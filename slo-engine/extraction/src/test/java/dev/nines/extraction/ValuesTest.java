// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static dev.nines.extraction.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.RawIndicator;
import dev.nines.objectives.RawIndicator.RawType;
import dev.nines.objectives.Slo;
import dev.nines.objectives.ThresholdIndicator;
import dev.nines.objectives.ThresholdIndicator.Operator;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.TelemetryTopics;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each point of a metric whose value is asked for is an event. */
class ValuesTest {

  private static final Duration TICK = Duration.ofMillis(50);
  private static final String LIMIT = "0.3";

  @TempDir Path state;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(state);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Against doubles as a client compares them: of tenths, that no double is, some are equal. */
  @Test
  void everyPointIsComparedOnce() {
    bench.objectives.add(
        Traffic.generation(
            1, START, Arrays.stream(Operator.values()).map(ValuesTest::slo).toArray(Slo[]::new)));
    Random random = new Random(11);
    Map<String, long[]> truth = new TreeMap<>();
    List<Envelope> sent = new ArrayList<>();
    for (int batch = 0; batch < 60; batch++) {
      List<Metric> metrics = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        Instant time = START.plusMillis(random.nextInt(100_000));
        double value = random.nextInt(8) == 0 ? random.nextInt(2) : random.nextInt(7) / 10.0;
        metrics.add(random.nextBoolean() ? gauge(time, value) : fallingSum(time, value));
        for (Operator operator : Operator.values()) {
          long slice = time.getEpochSecond() / 10 * 10;
          long[] cell = truth.computeIfAbsent(name(operator) + slice, k -> new long[2]);
          cell[0] += good(operator, value) ? 1 : 0;
          cell[1]++;
        }
      }
      Envelope envelope = Points.batch("checkout", metrics.toArray(Metric[]::new));
      sent.add(envelope);
      bench.send("eu", envelope, START.plusSeconds(100));
      bench.send("eu", sent.get(random.nextInt(sent.size())), START.plusSeconds(101));
      bench.send("eu", Points.batch("other", metrics.getFirst()), START.plusSeconds(101));
    }
    Map<String, long[]> counted = new TreeMap<>();
    for (Counts counts : counts()) {
      assertThat(counts.source()).isEqualTo(Source.VALUES);
      for (Cell cell : counts.cells()) {
        long[] sum =
            counted.computeIfAbsent(
                counts.slo().name() + cell.sliceStartSeconds(), k -> new long[2]);
        sum[0] += cell.good();
        sum[1] += cell.total();
      }
    }
    assertThat(counted).usingRecursiveComparison().isEqualTo(truth);
    assertThat(bench.records(TelemetryTopics.SERIES_POINTS)).isEmpty();
  }

  @Test
  void whatIsNoNumberCountsNothingAndSaysSo() {
    bench.objectives.add(Traffic.generation(1, START, slo(Operator.LTE)));
    Instant time = START.plusSeconds(10);
    send(gauge(time, Double.NaN));
    send(gauge("queue", NumberDataPoint.newBuilder().setTimeUnixNano(Points.nanos(time))));
    send(gauge("queue", Points.point("a", time, time, 0).setFlags(1)));
    send(
        Points.histogram(
            "queue", Points.DELTA, Points.buckets("a", START, time, List.of(1.0), 1, 2)));
    assertThat(counts()).isEmpty();
    assertThat(List.of(outcome("notANumber"), outcome("noValue"), outcome("notNumber")))
        .containsExactly(1.0, 2.0, 1.0);
    send(gauge(time, Double.POSITIVE_INFINITY), gauge(time, Double.NEGATIVE_INFINITY));
    assertThat(counts().getFirst().cells()).containsExactly(new Cell(slice(10), 1, 2));
    assertThat(outcome("value")).isEqualTo(2.0);
  }

  /** A point of ratios is a million parts; what is no share says nothing, and says so. */
  @Test
  void aRawRatioIsSharesOfAPoint() {
    bench.objectives.add(Traffic.generation(1, START, raw(RawType.SUCCESS), raw(RawType.FAILURE)));
    Instant time = START.plusSeconds(10);
    double[] shares = {0, 1, 0.9995, 0.1, 0.0000005, 0.00000049, 1.0000001, -0.1, 99.5};
    for (double share : shares) {
      send(gauge(time, share));
    }
    send(gauge(time, Double.POSITIVE_INFINITY), gauge(time, Double.NaN));
    Map<String, Cell> cells = new TreeMap<>();
    counts().forEach(counts -> cells.put(counts.slo().name(), counts.cells().getFirst()));
    long good = 1_000_000 + 999_500 + 100_000 + 1;
    assertThat(cells)
        .isEqualTo(
            Map.of(
                "success", new Cell(slice(10), good, 6_000_000),
                "failure", new Cell(slice(10), 6_000_000 - good, 6_000_000)));
    assertThat(List.of(outcome("value"), outcome("notARatio"), outcome("notANumber")))
        .containsExactly(12.0, 8.0, 2.0);
  }

  /** A value is not what a counter adds: one metric may be asked both ways. */
  @Test
  void aCounterThatIsAlsoAskedForItsValueCountsBothWays() {
    Slo large =
        Points.slo(
            "large",
            1,
            new ThresholdIndicator(Points.selection("orders"), Operator.GT, BigDecimal.TEN));
    bench.objectives.add(Traffic.generation(1, START, large, Points.orders("orders", 1)));
    send(Points.counter("orders", "pod", START, START.plusSeconds(10), 7));
    send(Points.counter("orders", "pod", START, START.plusSeconds(20), 12));
    Map<String, List<Cell>> cells = new TreeMap<>();
    counts().forEach(counts -> cells.put(counts.slo().name(), counts.cells()));
    assertThat(cells)
        .containsEntry("large", List.of(new Cell(slice(10), 0, 1), new Cell(slice(20), 1, 1)))
        .containsEntry("orders", List.of(new Cell(slice(10), 7, 7), new Cell(slice(20), 5, 5)));
  }

  /** As events of spans are: beyond the period and a day, and with a clock that is ahead. */
  @Test
  void timeIsThatOfThePoint() {
    bench.objectives.add(Traffic.generation(1, START.minus(Duration.ofDays(9)), slo(Operator.LTE)));
    send(gauge(START.minus(Duration.ofHours(26)), 0));
    assertThat(counts()).isEmpty();
    assertThat(outcome("tooOld")).isEqualTo(1.0);
    send(gauge(START.plusSeconds(60).plus(Duration.ofHours(1)), 0));
    Counts ahead = counts().getFirst();
    assertThat(ahead.cells()).containsExactly(new Cell(slice(60), 1, 1));
    assertThat(ahead.skewed()).isEqualTo(1);
  }

  private static Slo slo(Operator operator) {
    return Points.slo(
        name(operator),
        1,
        new ThresholdIndicator(Points.selection("queue"), operator, new BigDecimal(LIMIT)));
  }

  private static Slo raw(RawType type) {
    return Points.slo(
        type.name().toLowerCase(Locale.ROOT), 1, new RawIndicator(Points.selection("queue"), type));
  }

  private static String name(Operator operator) {
    return operator.name().toLowerCase(Locale.ROOT);
  }

  private static boolean good(Operator operator, double value) {
    double limit = Double.parseDouble(LIMIT);
    return switch (operator) {
      case LT -> value < limit;
      case LTE -> value <= limit;
      case GT -> value > limit;
      case GTE -> value >= limit;
    };
  }

  private static Metric gauge(Instant time, double value) {
    return gauge("queue", number(time, value));
  }

  private static Metric gauge(String name, NumberDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName(name)
        .setGauge(Gauge.newBuilder().addDataPoints(point))
        .build();
  }

  /** An UpDownCounter. */
  private static Metric fallingSum(Instant time, double value) {
    Metric sum = Points.sum("queue", Points.CUMULATIVE, number(time, value));
    return sum.toBuilder().setSum(sum.getSum().toBuilder().setIsMonotonic(false)).build();
  }

  private static NumberDataPoint.Builder number(Instant time, double value) {
    NumberDataPoint.Builder point = Points.point("a", START, time, (long) value);
    return value == Math.rint(value) && Double.isFinite(value) ? point : point.setAsDouble(value);
  }

  private void send(Metric... metrics) {
    bench.send("eu", Points.batch("checkout", metrics), START.plusSeconds(60));
  }

  private List<Counts> counts() {
    bench.pass(TICK);
    return bench.counts().stream().map(Counts.class::cast).toList();
  }

  private double outcome(String word) {
    return Optional.ofNullable(
            bench.registry.getSampleValue(
                "nines_extraction_points_total", new String[] {"outcome"}, new String[] {word}))
        .orElse(0.0);
  }

  private static long slice(long second) {
    return START.getEpochSecond() + second;
  }
}
