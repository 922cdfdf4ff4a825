// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Exports of clients in trouble, in the order in which they are appended: restarts that say so and
 * that do not, lost, late, reordered and repeated exports, days of silence, two regions, sums and
 * deltas, clocks ahead, and points that count nothing.
 */
final class PastPoints {

  static final String TENANT = "acme";
  static final List<Double> EXACT = List.of(0.1, 0.25, 1.0);
  static final List<Double> BETWEEN = List.of(0.1, 0.5, 1.0);
  private static final int PODS = 7;
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  /** What a client does that others do not. */
  enum Habit {
    PLAIN,
    DELTA,
    NO_START,
    DOUBLES,
    AHEAD,
    ODD,
    SILENT
  }

  /**
   * One export.
   *
   * @param odd its points count nothing
   */
  record Export(
      String pod,
      Habit habit,
      String region,
      long appended,
      long start,
      long time,
      long total,
      long failed,
      List<Double> bounds,
      long[] buckets,
      int scale,
      boolean odd) {

    boolean delta() {
      return habit == Habit.DELTA;
    }

    String customer() {
      return pod.endsWith("0") ? "" : " customer " + pod.charAt(pod.length() - 1);
    }

    int code() {
      return pod.length() % 2 == 0 ? 200 : 503;
    }
  }

  private final Random random;
  private final long begin;
  private final Duration latest;
  private final List<Export> exports = new ArrayList<>();

  /**
   * @param fine exports come each 30 s from then on, and each 15 min before
   * @param plain without clocks ahead, days of silence and points that count nothing
   */
  PastPoints(Random random, Instant from, Instant fine, Instant to, boolean plain) {
    this.random = random;
    this.begin = nanos(from);
    this.latest = Duration.ofHours(plain ? 7 : 27);
    List<Export> sent = new ArrayList<>();
    for (int i = 0; i < PODS; i++) {
      Habit habit = Habit.values()[i % Habit.values().length];
      boolean strange = habit == Habit.AHEAD || habit == Habit.ODD || habit == Habit.SILENT;
      pod(
          "pod" + "x".repeat(i % 2) + i,
          plain && strange ? Habit.PLAIN : habit,
          from,
          fine,
          to,
          sent);
    }
    append(sent);
  }

  /** In the order of the log. */
  List<Export> exports() {
    return exports;
  }

  private void pod(
      String pod, Habit habit, Instant from, Instant fine, Instant to, List<Export> sent) {
    long time = nanos(from) + random.nextLong(3_600 * SECOND);
    long before = time;
    long start = habit == Habit.NO_START ? 0 : time - random.nextLong(900 * SECOND);
    long total = 0;
    long failed = 0;
    long[] buckets = new long[EXACT.size() + 1];
    List<Double> bounds = random.nextBoolean() ? EXACT : BETWEEN;
    while (true) {
      time += (time < nanos(fine) ? 900 : 30) * SECOND + random.nextLong(SECOND);
      int event = random.nextInt(120);
      if (event < 3 || habit == Habit.DELTA) {
        total = 0;
        failed = 0;
        Arrays.fill(buckets, 0);
        start =
            habit == Habit.DELTA
                ? before
                : habit == Habit.NO_START ? 0 : time - random.nextInt(9) * SECOND;
      } else if (event == 4 && habit == Habit.SILENT) {
        time += Duration.ofHours(25).toNanos() + random.nextLong(SECOND);
      } else if (event == 5) {
        bounds = random.nextBoolean() ? EXACT : BETWEEN;
      }
      if (time >= nanos(to)) {
        return;
      }
      int orders = random.nextInt(40);
      total += orders;
      failed += random.nextInt(orders / 3 + 1);
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] += random.nextInt(5);
      }
      before = time;
      if (random.nextInt(20) > 0) {
        boolean ahead = habit == Habit.AHEAD && (time - begin) / (7_200 * SECOND) % 2 == 0;
        boolean odd = habit == Habit.ODD && random.nextInt(3) == 0;
        long shown = ahead ? time + 900 * SECOND : time;
        int scale = 1 + random.nextInt(2);
        sent.add(
            new Export(
                pod,
                habit,
                random.nextInt(6) == 0 ? "us" : "eu",
                time / MILLI + latency(),
                start,
                shown,
                total,
                failed,
                bounds,
                buckets.clone(),
                scale,
                odd));
      }
    }
  }

  private long latency() {
    return switch (random.nextInt(60)) {
      case 0 -> random.nextLong(latest.toMillis());
      case 1, 2 -> random.nextLong(Duration.ofMinutes(9).toMillis());
      case 3 -> -random.nextLong(Duration.ofMinutes(3).toMillis());
      default -> 500 + random.nextLong(2_000);
    };
  }

  /** Each at a millisecond of its own; some once more, at another place. */
  private void append(List<Export> sent) {
    List<Export> all = new ArrayList<>(sent);
    for (Export export : sent) {
      if (random.nextInt(25) == 0) {
        all.add(at(export, export.appended + random.nextLong(7_200_000), random.nextInt(3) == 0));
      }
    }
    TreeSet<Long> taken = new TreeSet<>();
    all.sort(Comparator.comparingLong(Export::appended));
    for (Export export : all) {
      long at = export.appended;
      while (!taken.add(at)) {
        at++;
      }
      exports.add(at(export, at, false));
    }
    exports.sort(Comparator.comparingLong(Export::appended));
  }

  private static Export at(Export e, long appended, boolean elsewhere) {
    String region = !elsewhere ? e.region : e.region.equals("eu") ? "us" : "eu";
    return new Export(
        e.pod, e.habit, region, appended, e.start, e.time, e.total, e.failed, e.bounds, e.buckets,
        e.scale, e.odd);
  }

  static Envelope envelope(Export export) {
    byte[] body = request(export).toByteArray();
    return new Envelope(
        BatchIdentity.of(TENANT, Envelope.METRICS, body),
        TENANT,
        Envelope.METRICS,
        0,
        1,
        4,
        Instant.EPOCH,
        "collector-1",
        body);
  }

  private static ExportMetricsServiceRequest request(Export e) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    var resource = request.addResourceMetricsBuilder();
    resource.getResourceBuilder().addAttributes(RandomSpans.text("service.name", "checkout"));
    if (!e.customer().isEmpty()) {
      resource.getResourceBuilder().addAttributes(RandomSpans.text("customer", e.customer()));
    }
    ScopeMetrics.Builder scope = resource.addScopeMetricsBuilder();
    counter(scope, e, "orders", e.total);
    counter(scope, e, "orders.failed", e.failed);
    Metric.Builder duration = scope.addMetricsBuilder().setName("duration").setUnit("s");
    duration
        .getHistogramBuilder()
        .setAggregationTemporality(temporality(e))
        .addDataPoints(explicit(e));
    Metric.Builder latency = scope.addMetricsBuilder().setName("latency").setUnit("s");
    latency
        .getExponentialHistogramBuilder()
        .setAggregationTemporality(temporality(e))
        .addDataPoints(exponential(e));
    return request.build();
  }

  private static void counter(ScopeMetrics.Builder scope, Export e, String name, long value) {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder()
            .addAllAttributes(attributes(e))
            .setStartTimeUnixNano(e.start)
            .setTimeUnixNano(e.time);
    if (e.odd && e.total % 2 == 0) {
      point.setFlags(1);
    } else if (e.odd) {
      point.setAsDouble(value + 0.5);
    } else if (e.habit == Habit.DOUBLES) {
      point.setAsDouble(value);
    } else {
      point.setAsInt(value);
    }
    scope
        .addMetricsBuilder()
        .setName(name)
        .getSumBuilder()
        .setIsMonotonic(true)
        .setAggregationTemporality(temporality(e))
        .addDataPoints(point);
  }

  private static HistogramDataPoint explicit(Export e) {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .addAllAttributes(attributes(e))
            .setStartTimeUnixNano(e.start)
            .setTimeUnixNano(e.time)
            .setCount(Arrays.stream(e.buckets).sum() + (e.odd ? 1 : 0))
            .addAllExplicitBounds(e.bounds);
    Arrays.stream(e.buckets).forEach(point::addBucketCounts);
    return point.build();
  }

  /** Buckets around 2^-2 s at scale 1; those of scale 2 hold the same values, one bucket of two. */
  private static ExponentialHistogramDataPoint exponential(Export e) {
    ExponentialHistogramDataPoint.Builder point =
        ExponentialHistogramDataPoint.newBuilder()
            .addAllAttributes(attributes(e))
            .setStartTimeUnixNano(e.start)
            .setTimeUnixNano(e.time)
            .setScale(e.scale)
            .setZeroCount(0)
            .setCount(Arrays.stream(e.buckets).sum() + (e.odd ? 1 : 0));
    point.getPositiveBuilder().setOffset(e.scale == 1 ? -6 : -12);
    for (long count : e.buckets) {
      point.getPositiveBuilder().addBucketCounts(count);
      if (e.scale == 2) {
        point.getPositiveBuilder().addBucketCounts(0);
      }
    }
    return point.build();
  }

  private static AggregationTemporality temporality(Export e) {
    return e.delta()
        ? AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA
        : AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
  }

  private static List<KeyValue> attributes(Export e) {
    KeyValue code =
        KeyValue.newBuilder()
            .setKey("code")
            .setValue(AnyValue.newBuilder().setIntValue(e.code()))
            .build();
    return List.of(RandomSpans.text("pod", e.pod), code);
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * SECOND + at.getNano();
  }
}
