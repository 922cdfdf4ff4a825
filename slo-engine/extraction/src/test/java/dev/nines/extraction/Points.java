// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.HistogramIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.Threshold;
import dev.nines.telemetry.Envelope;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Batches of metrics, and objectives over them, for tests. */
final class Points {

  static final AggregationTemporality CUMULATIVE =
      AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
  static final AggregationTemporality DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;

  private Points() {}

  static Envelope batch(String service, Metric... metrics) {
    byte[] body =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .setResource(
                        Resource.newBuilder().addAttributes(Traffic.text("service.name", service)))
                    .addScopeMetrics(
                        ScopeMetrics.newBuilder().addAllMetrics(Arrays.asList(metrics))))
            .build()
            .toByteArray();
    return Traffic.envelope(Envelope.METRICS, body, metrics.length);
  }

  static Metric sum(
      String name, AggregationTemporality temporality, NumberDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName(name)
        .setSum(
            Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(temporality)
                .addDataPoints(point))
        .build();
  }

  /** An integer with an attribute {@code pod}. */
  static NumberDataPoint.Builder point(String pod, Instant start, Instant time, long value) {
    return NumberDataPoint.newBuilder()
        .addAttributes(Traffic.text("pod", pod))
        .setStartTimeUnixNano(nanos(start))
        .setTimeUnixNano(nanos(time))
        .setAsInt(value);
  }

  static Metric counter(String name, String pod, Instant start, Instant time, long value) {
    return sum(name, CUMULATIVE, point(pod, start, time, value));
  }

  static Metric histogram(
      String name, AggregationTemporality temporality, HistogramDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName(name)
        .setUnit("s")
        .setHistogram(
            Histogram.newBuilder().setAggregationTemporality(temporality).addDataPoints(point))
        .build();
  }

  static HistogramDataPoint.Builder buckets(
      String pod, Instant start, Instant time, List<Double> bounds, long... counts) {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .addAttributes(Traffic.text("pod", pod))
            .setStartTimeUnixNano(nanos(start))
            .setTimeUnixNano(nanos(time))
            .setCount(Arrays.stream(counts).sum())
            .addAllExplicitBounds(bounds);
    Arrays.stream(counts).forEach(point::addBucketCounts);
    return point;
  }

  static Metric exponential(String name, ExponentialHistogramDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName(name)
        .setUnit("s")
        .setExponentialHistogram(
            ExponentialHistogram.newBuilder()
                .setAggregationTemporality(CUMULATIVE)
                .addDataPoints(point))
        .build();
  }

  static MetricSelection selection(String metric) {
    return new MetricSelection(metric, "checkout", Map.of(), List.of());
  }

  /** Failed orders among all orders. */
  static Slo orders(String name, long line) {
    return slo(
        name,
        line,
        new CounterIndicator(
            selection("orders"), selection("orders.failed"), CounterIndicator.Part.BAD));
  }

  static Slo quick(String name, long line, String threshold, String unit) {
    return slo(
        name,
        line,
        new HistogramIndicator(
            selection("duration"), new Threshold(new BigDecimal(threshold), unit)));
  }

  static Slo slo(String name, long line, Indicator indicator) {
    Slo like = Traffic.slo(name, line, "checkout", new SpanPredicate.StatusError());
    return new Slo(
        new SloId(Traffic.TENANT, name),
        line,
        "checkout",
        name,
        "",
        Map.of(),
        indicator,
        like.target(),
        new RollingWindow(Duration.ofHours(1)),
        List.of(),
        BigDecimal.ZERO,
        Slo.Missing.NEUTRAL);
  }

  static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
