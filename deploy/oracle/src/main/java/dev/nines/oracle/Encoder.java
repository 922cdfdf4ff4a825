// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle;

import dev.nines.oracle.brute.Event;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import java.util.Locale;

/** Events as OTLP carries them, each in a resource of its own. */
final class Encoder {

  private Encoder() {}

  static byte[] spans(List<Event.Span> spans) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (Event.Span span : spans) {
      request.addResourceSpans(
          ResourceSpans.newBuilder()
              .setResource(resource(span.service()))
              .addScopeSpans(ScopeSpans.newBuilder().addSpans(span(span))));
    }
    return request.build().toByteArray();
  }

  static byte[] points(List<Event> points) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    for (Event point : points) {
      request.addResourceMetrics(
          ResourceMetrics.newBuilder()
              .setResource(resource(point.service()))
              .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric(point))));
    }
    return request.build().toByteArray();
  }

  private static Span span(Event.Span span) {
    Span.Builder built =
        Span.newBuilder()
            .setName(span.operation())
            .setKind(Span.SpanKind.valueOf("SPAN_KIND_" + span.kind().toUpperCase(Locale.ROOT)))
            .setStartTimeUnixNano(span.startNanos())
            .setEndTimeUnixNano(span.endNanos());
    if (span.error()) {
      built.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
    }
    span.attributes().forEach((key, value) -> built.addAttributes(text(key, value)));
    return built.build();
  }

  private static Metric metric(Event event) {
    return switch (event) {
      case Event.Point point -> sum(point);
      case Event.Gauge gauge -> gauge(gauge);
      case Event.Span span -> throw new IllegalArgumentException("no point: " + span);
    };
  }

  private static Metric sum(Event.Point point) {
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    sum.addDataPointsBuilder()
        .setStartTimeUnixNano(point.startNanos())
        .setTimeUnixNano(point.timeNanos())
        .setAsInt(point.value())
        .addAllAttributes(attributes(point));
    return Metric.newBuilder().setName(point.metric()).setSum(sum).build();
  }

  /** A whole number goes as an integer. */
  private static Metric gauge(Event.Gauge point) {
    Gauge.Builder gauge = Gauge.newBuilder();
    NumberDataPoint.Builder built =
        gauge
            .addDataPointsBuilder()
            .setTimeUnixNano(point.timeNanos())
            .addAllAttributes(attributes(point));
    if (point.value() == Math.rint(point.value()) && !Double.isInfinite(point.value())) {
      built.setAsInt((long) point.value());
    } else {
      built.setAsDouble(point.value());
    }
    return Metric.newBuilder().setName(point.metric()).setGauge(gauge).build();
  }

  private static List<KeyValue> attributes(Event event) {
    return event.attributes().entrySet().stream()
        .map(attribute -> text(attribute.getKey(), attribute.getValue()))
        .toList();
  }

  private static Resource resource(String service) {
    return Resource.newBuilder().addAttributes(text("service.name", service)).build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
