// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Seeded requests of all five types and all shapes that the protocol allows. */
final class RandomMetrics {

  private final Random random;
  private final RandomValues values;

  RandomMetrics(long seed) {
    random = new Random(seed);
    values = new RandomValues(random);
  }

  ExportMetricsServiceRequest request(int resources, int scopes, int metrics, int points) {
    return ExportMetricsServiceRequest.newBuilder()
        .addAllResourceMetrics(some(resources, () -> resourceMetrics(scopes, metrics, points)))
        .build();
  }

  private ResourceMetrics resourceMetrics(int scopes, int metrics, int points) {
    ResourceMetrics.Builder resource = ResourceMetrics.newBuilder().setSchemaUrl(values.text());
    if (random.nextInt(5) > 0) {
      resource.setResource(Resource.newBuilder().addAllAttributes(values.attributes(4)));
    }
    return resource.addAllScopeMetrics(some(scopes, () -> scopeMetrics(metrics, points))).build();
  }

  private ScopeMetrics scopeMetrics(int metrics, int points) {
    ScopeMetrics.Builder scope = ScopeMetrics.newBuilder().setSchemaUrl(values.text());
    if (random.nextBoolean()) {
      scope.setScope(
          InstrumentationScope.newBuilder()
              .setName(values.text())
              .setVersion(values.text())
              .addAllAttributes(values.attributes(2)));
    }
    return scope.addAllMetrics(some(metrics, () -> metric(points))).build();
  }

  Metric metric(int points) {
    Metric.Builder metric =
        Metric.newBuilder()
            .setName(values.text())
            .setDescription(values.text())
            .setUnit(values.text())
            .addAllMetadata(values.attributes(1));
    int temporality = random.nextInt(3);
    switch (random.nextInt(6)) {
      case 0 -> metric.setGauge(Gauge.newBuilder().addAllDataPoints(some(points, this::number)));
      case 1 ->
          metric.setSum(
              Sum.newBuilder()
                  .addAllDataPoints(some(points, this::number))
                  .setAggregationTemporalityValue(temporality)
                  .setIsMonotonic(random.nextBoolean()));
      case 2 ->
          metric.setHistogram(
              Histogram.newBuilder()
                  .addAllDataPoints(some(points, this::histogram))
                  .setAggregationTemporalityValue(temporality));
      case 3 ->
          metric.setExponentialHistogram(
              ExponentialHistogram.newBuilder()
                  .addAllDataPoints(some(points, this::exponential))
                  .setAggregationTemporalityValue(temporality));
      case 4 ->
          metric.setSummary(Summary.newBuilder().addAllDataPoints(some(points, this::summary)));
      default -> {}
    }
    return metric.build();
  }

  private NumberDataPoint number() {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder()
            .addAllAttributes(values.attributes(4))
            .setStartTimeUnixNano(random.nextLong())
            .setTimeUnixNano(random.nextLong())
            .addAllExemplars(some(2, this::exemplar))
            .setFlags(random.nextInt(2));
    switch (random.nextInt(3)) {
      case 0 -> point.setAsInt(random.nextLong());
      case 1 -> point.setAsDouble(real());
      default -> {}
    }
    return point.build();
  }

  private HistogramDataPoint histogram() {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .addAllAttributes(values.attributes(4))
            .setStartTimeUnixNano(random.nextLong())
            .setTimeUnixNano(random.nextLong())
            .setCount(random.nextLong())
            .addAllBucketCounts(some(9, random::nextLong))
            .addAllExplicitBounds(some(9, this::real))
            .addAllExemplars(some(2, this::exemplar))
            .setFlags(random.nextInt());
    if (random.nextBoolean()) {
      point.setSum(real());
    }
    if (random.nextBoolean()) {
      point.setMin(0).setMax(real());
    }
    if (random.nextBoolean()) { // as the data model wants it
      List<Double> bounds = random.doubles(random.nextInt(12)).sorted().boxed().toList();
      List<Long> counts = random.longs(bounds.size() + 1, 0, 1L << 40).boxed().toList();
      point.clearExplicitBounds().addAllExplicitBounds(bounds);
      point.clearBucketCounts().addAllBucketCounts(counts);
      point.setCount(counts.stream().mapToLong(Long::longValue).sum());
    }
    return point.build();
  }

  private ExponentialHistogramDataPoint exponential() {
    ExponentialHistogramDataPoint.Builder point =
        ExponentialHistogramDataPoint.newBuilder()
            .addAllAttributes(values.attributes(4))
            .setStartTimeUnixNano(random.nextLong())
            .setTimeUnixNano(random.nextLong())
            .setCount(random.nextLong())
            .setScale(random.nextInt(-10, 21))
            .setZeroCount(random.nextLong())
            .setZeroThreshold(real())
            .addAllExemplars(some(2, this::exemplar))
            .setFlags(random.nextInt());
    if (random.nextBoolean()) {
      point.setPositive(buckets()).setSum(real());
    }
    if (random.nextBoolean()) {
      point.setNegative(buckets()).setMin(real()).setMax(0);
    }
    if (random.nextBoolean()) { // as the data model wants it
      List<Long> counts = random.longs(random.nextInt(160), 0, 1L << 40).boxed().toList();
      point.getPositiveBuilder().clearBucketCounts().addAllBucketCounts(counts);
      point.clearNegative().setZeroCount(7);
      point.setCount(7 + counts.stream().mapToLong(Long::longValue).sum());
    }
    return point.build();
  }

  private ExponentialHistogramDataPoint.Buckets buckets() {
    return ExponentialHistogramDataPoint.Buckets.newBuilder()
        .setOffset(random.nextInt())
        .addAllBucketCounts(some(40, () -> random.nextLong() >>> random.nextInt(64)))
        .build();
  }

  private SummaryDataPoint summary() {
    return SummaryDataPoint.newBuilder()
        .addAllAttributes(values.attributes(4))
        .setStartTimeUnixNano(random.nextLong())
        .setTimeUnixNano(random.nextLong())
        .setCount(random.nextLong())
        .setSum(real())
        .addAllQuantileValues(some(4, this::quantile))
        .setFlags(random.nextInt())
        .build();
  }

  private SummaryDataPoint.ValueAtQuantile quantile() {
    return SummaryDataPoint.ValueAtQuantile.newBuilder()
        .setQuantile(random.nextDouble())
        .setValue(real())
        .build();
  }

  private Exemplar exemplar() {
    Exemplar.Builder exemplar =
        Exemplar.newBuilder()
            .addAllFilteredAttributes(values.attributes(2))
            .setTimeUnixNano(random.nextLong());
    if (random.nextBoolean()) {
      exemplar.setTraceId(values.bytes(16)).setSpanId(values.bytes(8));
    }
    return (random.nextBoolean()
            ? exemplar.setAsInt(random.nextLong())
            : exemplar.setAsDouble(real()))
        .build();
  }

  private double real() {
    return switch (random.nextInt(8)) {
      case 0 -> Double.POSITIVE_INFINITY;
      case 1 -> Double.NaN;
      case 2 -> -0.0;
      default -> random.nextGaussian();
    };
  }

  private <T> List<T> some(int most, Supplier<T> next) {
    return Stream.generate(next).limit(random.nextInt(most + 1)).toList();
  }
}
