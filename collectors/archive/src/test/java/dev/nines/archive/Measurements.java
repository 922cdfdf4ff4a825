// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Single measurements, kept by this test, and the histograms of both kinds and temporalities that a
 * client makes of them. Exports get lost, processes restart, scales coarsen.
 */
final class Measurements {

  static final String EXPLICIT = "duration";
  static final String EXPONENTIAL = "duration.exponential";
  static final int LEAST_SCALE = 2;
  private static final long SECOND = 1_000_000_000L;
  private static final List<List<Double>> BOUNDS =
      List.of(List.of(0.0, 0.1, 0.5, 1.0, 5.0), List.of(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0));

  private final Random random;
  private final Instant from;
  private final Instant to;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  /** Measurements told in a window, by the end of the window in seconds and the pod. */
  final Map<String, TreeMap<Long, List<Double>>> told = new TreeMap<>();

  Measurements(Random random, Instant from, Instant to) {
    this.random = random;
    this.from = from;
    this.to = to;
    for (int pod = 0; pod < 2; pod++) {
      simulate("cumulative-" + pod, true, BOUNDS.get(pod));
      simulate("delta-" + pod, false, BOUNDS.get(pod));
    }
  }

  List<ConsumerRecord<byte[], byte[]>> records() {
    return records;
  }

  private void simulate(String pod, boolean cumulative, List<Double> bounds) {
    long time = (from.getEpochSecond() - 30) * SECOND;
    long start = time;
    int scale = 5;
    List<Double> all = new ArrayList<>();
    List<Double> fresh = new ArrayList<>();
    while (time < to.getEpochSecond() * SECOND) {
      time += (5 + random.nextLong(10)) * SECOND;
      for (int i = random.nextInt(12); i > 0; i--) {
        fresh.add(value());
      }
      if (random.nextInt(15) == 0) {
        start = time;
        scale = 5;
        all.clear();
        fresh.clear();
      } else if (random.nextInt(6) > 0 && !fresh.isEmpty()) {
        all.addAll(fresh);
        scale = Math.max(LEAST_SCALE, scale - random.nextInt(2));
        export(pod, cumulative, bounds, start, time, scale, cumulative ? all : fresh);
        tell(pod, time, fresh);
        start = cumulative ? start : time;
        fresh = new ArrayList<>();
      } else if (!cumulative) {
        fresh.clear();
        start = time;
      }
    }
  }

  private double value() {
    return switch (random.nextInt(10)) {
      case 0 -> 0;
      case 1 -> -Math.exp(random.nextGaussian());
      case 2 -> random.nextDouble() / 500;
      default -> Math.exp(random.nextGaussian() - 0.5);
    };
  }

  private void tell(String pod, long time, List<Double> values) {
    long minute = Math.floorDiv(time - 1, 60 * SECOND) * 60 + 60;
    told.computeIfAbsent(pod, key -> new TreeMap<>())
        .computeIfAbsent(minute, key -> new ArrayList<>())
        .addAll(values);
  }

  private void export(
      String pod,
      boolean cumulative,
      List<Double> bounds,
      long start,
      long time,
      int scale,
      List<Double> values) {
    AggregationTemporality temporality =
        cumulative
            ? AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE
            : AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    var scope = request.addResourceMetricsBuilder().addScopeMetricsBuilder();
    scope
        .addMetricsBuilder()
        .setName(EXPLICIT)
        .getHistogramBuilder()
        .setAggregationTemporality(temporality)
        .addDataPoints(
            explicit(pod, bounds, values).setStartTimeUnixNano(start).setTimeUnixNano(time));
    scope
        .addMetricsBuilder()
        .setName(EXPONENTIAL)
        .getExponentialHistogramBuilder()
        .setAggregationTemporality(temporality)
        .addDataPoints(
            exponential(pod, scale, values).setStartTimeUnixNano(start).setTimeUnixNano(time));
    records.add(Records.accepted("acme", "eu", 50_000 + records.size(), request.build()));
  }

  private HistogramDataPoint.Builder explicit(
      String pod, List<Double> bounds, List<Double> values) {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .addAttributes(RandomSpans.text("pod", pod))
            .setCount(values.size())
            .setSum(sum(values))
            .addAllExplicitBounds(bounds);
    for (int i = 0; i <= bounds.size(); i++) {
      double above = i == 0 ? Double.NEGATIVE_INFINITY : bounds.get(i - 1);
      double upTo = i == bounds.size() ? Double.POSITIVE_INFINITY : bounds.get(i);
      point.addBucketCounts(count(values, v -> v > above && v <= upTo));
    }
    if (random.nextBoolean()) {
      point.setMin(values.stream().min(Double::compare).orElseThrow());
      point.setMax(values.stream().max(Double::compare).orElseThrow());
    }
    return point;
  }

  private ExponentialHistogramDataPoint.Builder exponential(
      String pod, int scale, List<Double> values) {
    double threshold = random.nextBoolean() ? 0 : 0.001;
    return ExponentialHistogramDataPoint.newBuilder()
        .addAttributes(RandomSpans.text("pod", pod))
        .setCount(values.size())
        .setSum(sum(values))
        .setScale(scale)
        .setZeroThreshold(threshold)
        .setZeroCount(count(values, v -> Math.abs(v) <= threshold))
        .setPositive(buckets(scale, values.stream().filter(v -> v > threshold).toList()))
        .setNegative(
            buckets(scale, values.stream().filter(v -> v < -threshold).map(v -> -v).toList()));
  }

  private static ExponentialHistogramDataPoint.Buckets buckets(int scale, List<Double> values) {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    for (double value : values) {
      int index = (int) Math.ceil(Math.log(value) / Math.log(2) * Math.pow(2, scale)) - 1;
      counts.merge(index, 1L, Long::sum);
    }
    ExponentialHistogramDataPoint.Buckets.Builder buckets =
        ExponentialHistogramDataPoint.Buckets.newBuilder();
    if (!counts.isEmpty()) {
      buckets.setOffset(counts.firstKey());
      for (int i = counts.firstKey(); i <= counts.lastKey(); i++) {
        buckets.addBucketCounts(counts.getOrDefault(i, 0L));
      }
    }
    return buckets.build();
  }

  private static long count(List<Double> values, DoublePredicate condition) {
    return values.stream().mapToDouble(Double::doubleValue).filter(condition).count();
  }

  static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }
}
