// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.objectives.Generation;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Batches and objectives for tests. */
final class Traffic {

  static final String TENANT = "default";

  private Traffic() {}

  /** One server span, 5 ms long. */
  static Span span(String operation, Instant end, boolean failed) {
    return span(operation, end, Duration.ofMillis(5), failed);
  }

  static Span span(String operation, Instant end, Duration duration, boolean failed) {
    long nanos = end.getEpochSecond() * 1_000_000_000L + end.getNano();
    return Span.newBuilder()
        .setName(operation)
        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
        .setStartTimeUnixNano(nanos - duration.toNanos())
        .setEndTimeUnixNano(nanos)
        .addAttributes(number("http.response.status_code", failed ? 503 : 200))
        .setStatus(
            Status.newBuilder()
                .setCode(
                    failed
                        ? Status.StatusCode.STATUS_CODE_ERROR
                        : Status.StatusCode.STATUS_CODE_UNSET))
        .build();
  }

  static byte[] body(String service, Span... spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(text("service.name", service)))
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(Arrays.asList(spans))))
        .build()
        .toByteArray();
  }

  /** A gauge with a point per value. */
  static byte[] gauge(Instant at, long... values) {
    Gauge.Builder gauge = Gauge.newBuilder();
    for (long value : values) {
      gauge.addDataPointsBuilder().setTimeUnixNano(at.toEpochMilli() * 1_000_000).setAsInt(value);
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(Metric.newBuilder().setName("g").setGauge(gauge))))
        .build()
        .toByteArray();
  }

  static Envelope envelope(byte[] body, int items) {
    return envelope(Envelope.TRACES, body, items);
  }

  static Envelope envelope(String signal, byte[] body, int items) {
    return new Envelope(
        BatchIdentity.of(TENANT, signal, body),
        TENANT,
        signal,
        0,
        1,
        items,
        Instant.EPOCH,
        "collector-1",
        body);
  }

  static Slo slo(String name, long line, String service, SpanPredicate bad) {
    return new Slo(
        new SloId(TENANT, name),
        line,
        service,
        name,
        "",
        Map.of(),
        new SpanIndicator(service, "", "server", Map.of(), bad),
        new BigDecimal("0.999"),
        new RollingWindow(Duration.ofHours(1)),
        List.of(),
        BigDecimal.ZERO,
        Slo.Missing.NEUTRAL);
  }

  static Slo groupedBy(String attribute, Slo slo) {
    return new Slo(
        slo.id(),
        slo.line(),
        slo.service(),
        slo.displayName(),
        slo.description(),
        slo.labels(),
        slo.indicator(),
        slo.target(),
        slo.period(),
        slo.budgeting(),
        slo.policies(),
        slo.confidence(),
        slo.minFailures(),
        slo.missing(),
        attribute,
        slo.vanished(),
        slo.gate(),
        slo.excludedGood());
  }

  static Generation generation(long number, Instant effectiveFrom, Slo... slos) {
    return new Generation(TENANT, number, effectiveFrom, List.of(slos));
  }

  static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
