// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests with a card number, an e-mail address and a token of its own in every text field. */
final class Planted {

  /** Parts of each planted value, for a search that knows nothing of fields. */
  static final List<String> STEMS = List.of("45397700", "leak.example", "ghp_leakleak");

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final long nanos;

  Planted(Instant now) {
    nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /** What was planted, by field; complete once both requests were made. */
  Map<String, List<String>> values() {
    return values;
  }

  ExportTraceServiceRequest traces() {
    Span span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFromUtf8("trace-of-planted"))
            .setSpanId(ByteString.copyFromUtf8("planted1"))
            .setTraceState("vendor=" + text("span.trace_state"))
            .setName(text("span.name"))
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(nanos - 1_000_000)
            .setEndTimeUnixNano(nanos)
            .addAttributes(attribute("customer", text("span.attribute")))
            .addAttributes(attribute(text("span.attribute.key"), "v"))
            .addAttributes(number("pan", integer("span.attribute.integer")))
            .addAttributes(nested())
            .addEvents(
                Span.Event.newBuilder()
                    .setTimeUnixNano(nanos)
                    .setName(text("event.name"))
                    .addAttributes(attribute("e", text("event.attribute"))))
            .addLinks(
                Span.Link.newBuilder()
                    .setTraceId(ByteString.copyFromUtf8("trace-of-another"))
                    .setSpanId(ByteString.copyFromUtf8("planted2"))
                    .setTraceState("vendor=" + text("link.trace_state"))
                    .addAttributes(attribute("l", text("link.attribute"))))
            .setStatus(
                Status.newBuilder()
                    .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                    .setMessage(text("status.message")))
            .build();
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(resource("spans"))
                .setSchemaUrl(text("spans.schema"))
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .setSchemaUrl(text("spans.scope.schema"))
                        .setScope(scope("spans"))
                        .addSpans(span)))
        .build();
  }

  ExportMetricsServiceRequest metrics() {
    NumberDataPoint point =
        NumberDataPoint.newBuilder()
            .setTimeUnixNano(nanos)
            .setStartTimeUnixNano(nanos - 1_000_000_000L)
            .setAsInt(7)
            .addAttributes(attribute("p", text("point.attribute")))
            .addExemplars(
                Exemplar.newBuilder()
                    .setTimeUnixNano(nanos)
                    .setAsInt(1)
                    .addFilteredAttributes(attribute("x", text("exemplar.attribute"))))
            .build();
    Metric.Builder metric =
        Metric.newBuilder()
            .setName(text("metric.name"))
            .setDescription(text("metric.description"))
            .setUnit(text("metric.unit"))
            .addMetadata(attribute("m", text("metric.metadata")));
    metric
        .getSumBuilder()
        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
        .setIsMonotonic(true)
        .addDataPoints(point);
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(resource("metrics"))
                .setSchemaUrl(text("metrics.schema"))
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .setSchemaUrl(text("metrics.scope.schema"))
                        .setScope(scope("metrics"))
                        .addMetrics(metric)))
        .build();
  }

  private Resource.Builder resource(String of) {
    return Resource.newBuilder()
        .addAttributes(attribute("service.name", "planted"))
        .addAttributes(attribute("host", text(of + ".resource.attribute")))
        .addEntityRefs(EntityRef.newBuilder().setType(text(of + ".entity.type")));
  }

  private InstrumentationScope.Builder scope(String of) {
    return InstrumentationScope.newBuilder()
        .setName(text(of + ".scope.name"))
        .setVersion(text(of + ".scope.version"))
        .addAttributes(attribute("s", text(of + ".scope.attribute")));
  }

  /** A list of maps of a text and bytes. */
  private KeyValue.Builder nested() {
    ByteString bytes = ByteString.copyFromUtf8(text("span.attribute.nested.bytes"));
    KeyValueList.Builder map =
        KeyValueList.newBuilder()
            .addValues(attribute("inner", text("span.attribute.nested")))
            .addValues(
                KeyValue.newBuilder()
                    .setKey("raw")
                    .setValue(AnyValue.newBuilder().setBytesValue(bytes)));
    ArrayValue.Builder list =
        ArrayValue.newBuilder().addValues(AnyValue.newBuilder().setKvlistValue(map));
    return KeyValue.newBuilder()
        .setKey("nested")
        .setValue(AnyValue.newBuilder().setArrayValue(list));
  }

  private static KeyValue.Builder attribute(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value));
  }

  private static KeyValue.Builder number(String key, long value) {
    return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setIntValue(value));
  }

  private long integer(String field) {
    String card = card(values.size());
    values.put(field, List.of(card));
    return Long.parseLong(card);
  }

  private String text(String field) {
    int number = values.size();
    String card = card(number);
    String email = "planted" + number + "@leak.example";
    String token = "ghp_leakleak" + "%028d".formatted(number);
    values.put(field, List.of(card, email, token));
    return "(" + card + ") " + email + ", " + token;
  }

  /** The only one of ten numbers that has the check digit of Luhn. */
  private static String card(int number) {
    String digits = STEMS.getFirst() + "%07d".formatted(number);
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      sum += i % 2 == 1 ? digit : 2 * digit / 10 + 2 * digit % 10;
    }
    return digits + (10 - sum % 10) % 10;
  }
}
