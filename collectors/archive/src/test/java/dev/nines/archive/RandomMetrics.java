// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Random OTLP requests with everything that the five types can have, absurd values among it. */
final class RandomMetrics {

  private final Random random;
  private final RandomSpans attributes;

  RandomMetrics(Random random) {
    this.random = random;
    this.attributes = new RandomSpans(random, 1);
  }

  ExportMetricsServiceRequest request() {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    for (int r = 1 + random.nextInt(3); r > 0; r--) {
      var resource = request.addResourceMetricsBuilder();
      resource
          .getResourceBuilder()
          .addAttributes(RandomSpans.text("service.name", "service-" + random.nextInt(3)))
          .addAllAttributes(attributes.attributes());
      resource.addAllScopeMetrics(some(2, this::scope));
    }
    return request.build();
  }

  private ScopeMetrics scope() {
    return ScopeMetrics.newBuilder()
        .setScope(
            InstrumentationScope.newBuilder()
                .setName("scope-" + random.nextInt(2))
                .setVersion("v" + random.nextInt(2))
                .addAllAttributes(attributes.attributes()))
        .addAllMetrics(some(6, this::metric))
        .build();
  }

  private Metric metric() {
    Metric.Builder metric =
        Metric.newBuilder()
            .setName("metric." + random.nextInt(9))
            .setUnit(random.nextBoolean() ? "ms" : "{request}")
            .setDescription("Ω '\\\n" + random.nextInt(9));
    int temporality = random.nextInt(3);
    switch (random.nextInt(5)) {
      case 0 -> metric.getGaugeBuilder().addAllDataPoints(some(4, this::number));
      case 1 ->
          metric
              .getSumBuilder()
              .setAggregationTemporalityValue(temporality)
              .setIsMonotonic(random.nextBoolean())
              .addAllDataPoints(some(4, this::number));
      case 2 ->
          metric
              .getHistogramBuilder()
              .setAggregationTemporalityValue(temporality)
              .addAllDataPoints(some(4, this::histogram));
      case 3 ->
          metric
              .getExponentialHistogramBuilder()
              .setAggregationTemporalityValue(temporality)
              .addAllDataPoints(some(4, this::exponential));
      default -> metric.getSummaryBuilder().addAllDataPoints(some(4, this::summary));
    }
    return metric.build();
  }

  private NumberDataPoint number() {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder()
            .addAllAttributes(attributes.attributes())
            .setStartTimeUnixNano(time())
            .setTimeUnixNano(time())
            .setFlags(random.nextInt(2))
            .addAllExemplars(some(2, this::exemplar));
    switch (random.nextInt(3)) {
      case 0 -> point.setAsInt(random.nextLong());
      case 1 -> point.setAsDouble(real());
      default -> point.clearValue();
    }
    return point.build();
  }

  private HistogramDataPoint histogram() {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .addAllAttributes(attributes.attributes())
            .setStartTimeUnixNano(time())
            .setTimeUnixNano(time())
            .setCount(random.nextLong())
            .setFlags(random.nextInt())
            .addAllExemplars(some(2, this::exemplar));
    List<Double> bounds = some(9, this::real);
    if (random.nextInt(4) > 0) {
      point.addAllExplicitBounds(bounds);
      bounds.forEach(bound -> point.addBucketCounts(random.nextLong()));
      point.addBucketCounts(random.nextLong());
    }
    if (random.nextBoolean()) {
      point.setSum(real());
    }
    if (random.nextBoolean()) {
      point.setMin(0).setMax(real());
    }
    return point.build();
  }

  private ExponentialHistogramDataPoint exponential() {
    ExponentialHistogramDataPoint.Builder point =
        ExponentialHistogramDataPoint.newBuilder()
            .addAllAttributes(attributes.attributes())
            .setStartTimeUnixNano(time())
            .setTimeUnixNano(time())
            .setCount(random.nextLong())
            .setScale(random.nextInt(-10, 21))
            .setZeroCount(random.nextLong())
            .setZeroThreshold(real())
            .setFlags(random.nextInt())
            .addAllExemplars(some(2, this::exemplar));
    if (random.nextBoolean()) {
      point.setPositive(buckets()).setSum(real());
    }
    if (random.nextBoolean()) {
      point.setNegative(buckets()).setMin(real()).setMax(0);
    }
    return point.build();
  }

  private ExponentialHistogramDataPoint.Buckets buckets() {
    return ExponentialHistogramDataPoint.Buckets.newBuilder()
        .setOffset(random.nextInt())
        .addAllBucketCounts(some(40, random::nextLong))
        .build();
  }

  private SummaryDataPoint summary() {
    return SummaryDataPoint.newBuilder()
        .addAllAttributes(attributes.attributes())
        .setStartTimeUnixNano(time())
        .setTimeUnixNano(time())
        .setCount(random.nextLong())
        .setSum(real())
        .setFlags(random.nextInt())
        .addAllQuantileValues(
            some(
                4,
                () ->
                    SummaryDataPoint.ValueAtQuantile.newBuilder()
                        .setQuantile(random.nextDouble())
                        .setValue(real())
                        .build()))
        .build();
  }

  private Exemplar exemplar() {
    Exemplar.Builder exemplar =
        Exemplar.newBuilder()
            .addAllFilteredAttributes(attributes.attributes())
            .setTimeUnixNano(time());
    if (random.nextBoolean()) {
      exemplar.setTraceId(bytes(16)).setSpanId(bytes(8));
    }
    return random.nextBoolean()
        ? exemplar.setAsInt(random.nextLong()).build()
        : exemplar.setAsDouble(real()).build();
  }

  private long time() {
    return random.nextInt(5) == 0 ? random.nextLong() : random.nextLong(2_000_000_000_000_000_000L);
  }

  private double real() {
    return switch (random.nextInt(8)) {
      case 0 -> Double.NEGATIVE_INFINITY;
      case 1 -> Double.longBitsToDouble(0x7ff0000000000002L);
      case 2 -> -0.0;
      default -> random.nextGaussian();
    };
  }

  private ByteString bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private <T> List<T> some(int most, Supplier<T> next) {
    return Stream.generate(next).limit(random.nextInt(most + 1)).toList();
  }
}
