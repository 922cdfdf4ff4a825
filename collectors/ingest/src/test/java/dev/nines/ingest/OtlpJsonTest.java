// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.nines.ingest.OtlpFields.Field;
import dev.nines.ingest.OtlpFields.Type;
import dev.nines.telemetry.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.prometheus.client.CollectorRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OtlpJsonTest {

  private static final String SPAN =
      """
      {"resourceSpans":[{"scopeSpans":[{"spans":[%s]}]}]}""";
  private static final String METRIC =
      """
      {"resourceMetrics":[{"scopeMetrics":[{"metrics":[%s]}]}]}""";

  private final InFlightBytes inFlight =
      new InFlightBytes(1 << 20, new IngestMetrics(new CollectorRegistry(), IngestWatch.NONE));

  @Test
  void theTableIsThatOfTheProtocol() {
    Map<String, Map<String, Field>> protocol = new HashMap<>();
    collect(ExportTraceServiceRequest.getDescriptor(), protocol);
    collect(ExportMetricsServiceRequest.getDescriptor(), protocol);
    collect(ExportLogsServiceRequest.getDescriptor(), protocol);
    assertThat(OtlpFields.messages()).isEqualTo(protocol.keySet());
    protocol.forEach(
        (message, fields) ->
            assertThat(OtlpFields.of(message).all()).as(message).isEqualTo(fields));
  }

  @Test
  void readsASpan() throws Exception {
    Span span =
        span(
            """
            {"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174",
             "parentSpanId":"","name":"I'm \\u00e9\\n","kind":2,"future":{"a":[1,{}]},
             "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":1544712661000000000,
             "flags":257,"trace_state":"ignored","status":{"code":2,"message":null},
             "attributes":[
               {"key":"text","value":{"stringValue":"x"}},
               {"key":"int","value":{"intValue":"-9223372036854775808"}},
               {"key":"bare","value":{"intValue":7.0e1}},
               {"key":"double","value":{"doubleValue":-0.0}},
               {"key":"nan","value":{"doubleValue":"NaN"}},
               {"key":"bool","value":{"boolValue":false}},
               {"key":"bytes","value":{"bytesValue":"_-8"}},
               {"key":"none","value":{}},
               {"key":"list","value":{"arrayValue":{"values":[{"intValue":1},{"stringValue":""}]}}},
               {"key":"map","value":{"kvlistValue":{"values":[{"key":"k","value":null}]}}}],
             "events":[{"timeUnixNano":"1","name":"e","attributes":[]}],
             "links":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174"}]}
            """);
    Span.Builder wanted =
        Span.newBuilder()
            .setTraceId(hex("5b8efff798038103d269b633813fc60c"))
            .setSpanId(hex("eee19b7ec3c1b174"))
            .setName("I'm é\n")
            .setKindValue(2)
            .setStartTimeUnixNano(1544712660000000000L)
            .setEndTimeUnixNano(1544712661000000000L)
            .setFlags(257);
    wanted.getStatusBuilder().setCodeValue(2);
    attribute(wanted, "text").setStringValue("x");
    attribute(wanted, "int").setIntValue(Long.MIN_VALUE);
    attribute(wanted, "bare").setIntValue(70);
    attribute(wanted, "double").setDoubleValue(-0.0);
    attribute(wanted, "nan").setDoubleValue(Double.NaN);
    attribute(wanted, "bool").setBoolValue(false);
    attribute(wanted, "bytes").setBytesValue(ByteString.copyFrom(new byte[] {-1, -17}));
    attribute(wanted, "none");
    attribute(wanted, "list").getArrayValueBuilder().addValuesBuilder().setIntValue(1);
    wanted
        .getAttributesBuilder(8)
        .getValueBuilder()
        .getArrayValueBuilder()
        .addValuesBuilder()
        .setStringValue("");
    attribute(wanted, "map").getKvlistValueBuilder().addValuesBuilder().setKey("k");
    wanted.addEventsBuilder().setTimeUnixNano(1).setName("e");
    wanted
        .addLinksBuilder()
        .setTraceId(hex("5b8efff798038103d269b633813fc60c"))
        .setSpanId(hex("eee19b7ec3c1b174"));
    assertThat(span).isEqualTo(wanted.build());
  }

  @Test
  void readsAllTypesOfMetrics() throws Exception {
    Metric sum =
        metric(
            """
            {"name":"m","unit":"1","sum":{"isMonotonic":true,"aggregationTemporality":2,
             "dataPoints":[{"asInt":"0","timeUnixNano":"18446744073709551615"},{"asDouble":0}]}}
            """);
    assertThat(sum.getSum().getAggregationTemporalityValue()).isEqualTo(2);
    assertThat(sum.getSum().getIsMonotonic()).isTrue();
    assertThat(sum.getSum().getDataPoints(0).getValueCase())
        .isEqualTo(NumberDataPoint.ValueCase.AS_INT);
    assertThat(sum.getSum().getDataPoints(0).getTimeUnixNano()).isEqualTo(-1);
    assertThat(sum.getSum().getDataPoints(1).getValueCase())
        .isEqualTo(NumberDataPoint.ValueCase.AS_DOUBLE);

    HistogramDataPoint histogram =
        metric(
                """
                {"histogram":{"dataPoints":[{"count":3,"sum":0,"bucketCounts":["1",2,0],
                 "explicitBounds":[0.5,1e1],"max":"Infinity","exemplars":[{"asDouble":2.5,
                 "traceId":"5b8efff798038103d269b633813fc60c"}]}]}}
                """)
            .getHistogram()
            .getDataPoints(0);
    assertThat(histogram.getBucketCountsList()).containsExactly(1L, 2L, 0L);
    assertThat(histogram.getExplicitBoundsList()).containsExactly(0.5, 10.0);
    assertThat(histogram.hasSum()).isTrue();
    assertThat(histogram.hasMin()).isFalse();
    assertThat(histogram.getMax()).isInfinite();
    assertThat(histogram.getExemplars(0).getTraceId().size()).isEqualTo(16);

    ExponentialHistogramDataPoint exponential =
        metric(
                """
                {"exponentialHistogram":{"dataPoints":[{"scale":-3,"zeroCount":"2",
                 "zeroThreshold":1e-9,"positive":{"offset":-7,"bucketCounts":["300","0",1]},
                 "negative":{"offset":2147483647}}]}}
                """)
            .getExponentialHistogram()
            .getDataPoints(0);
    assertThat(exponential.getScale()).isEqualTo(-3);
    assertThat(exponential.getPositive().getOffset()).isEqualTo(-7);
    assertThat(exponential.getPositive().getBucketCountsList()).containsExactly(300L, 0L, 1L);
    assertThat(exponential.getNegative().getOffset()).isEqualTo(Integer.MAX_VALUE);
    assertThat(exponential.getZeroThreshold()).isEqualTo(1e-9);

    assertThat(
            metric(
                    """
                    {"summary":{"dataPoints":[{"quantileValues":[{"quantile":0.5,"value":3}]}]}}
                    """)
                .getSummary()
                .getDataPoints(0)
                .getQuantileValues(0)
                .getValue())
        .isEqualTo(3);
  }

  @Test
  void namesPlaceAndRuleOfWhatItRefuses() {
    assertThat(refusal("{\"resourceSpans\":[{\"scopeSpans\":{}}]}"))
        .isEqualTo(
            "not OTLP/JSON: /resourceSpans/0/scopeSpans: is not an array at line 1, column 33");
    assertThat(refusal("{\"resourceSpans\":[{"))
        .isEqualTo("not OTLP/JSON: the body ends within a value at line 1, column 20");
    assertThat(refusal("{\"resourceSpans\":nonsense}"))
        .startsWith("not OTLP/JSON: it is no JSON at line 1");
    checkSpan("\"kind\":\"SPAN_KIND_SERVER\"", "kind: an enum is a number");
    checkSpan("\"kind\":1.5", "kind: an enum is a number");
    checkSpan("\"traceId\":\"W47/95gDgQPSabYzgT/GDA==\"", "traceId: is not a hex text");
    checkSpan("\"spanId\":\"abc\"", "spanId: is not a hex text");
    checkSpan("\"spanId\":5", "spanId: is not a hex text");
    checkSpan("\"name\":5", "name: is not a text");
    checkSpan("\"flags\":4294967296", "flags: is not a whole number in the range of its type");
    checkSpan("\"endTimeUnixNano\":-1", "endTimeUnixNano: is not a whole number in the range");
    checkSpan("\"endTimeUnixNano\":\"1.5\"", "endTimeUnixNano: is not a whole number in the range");
    checkSpan("\"endTimeUnixNano\":\"1e999999999\"", "is not a whole number in the range");
    checkSpan("\"endTimeUnixNano\":\"x\"", "endTimeUnixNano: is not a whole number");
    checkSpan(attribute("{\"boolValue\":\"true\"}"), "boolValue: is neither true nor false");
    checkSpan(attribute("{\"doubleValue\":1e999}"), "doubleValue: is beyond the range");
    checkSpan(attribute("{\"doubleValue\":\"0x1p3\"}"), "doubleValue: is not a number");
    checkSpan(attribute("{\"bytesValue\":\"*\"}"), "bytesValue: is not base64");
    assertThat(refusal("{} {}")).contains("something follows the request");
    assertThat(refusal("[]")).contains("is not an object");
    assertThat(refusal("null")).contains("is not an object");
    assertThat(refusal("")).contains("is not an object");
    assertThat(refusal("{\"a\":tru}")).contains("it is no JSON at line 1, column 9");
    assertThat(refusal("[".repeat(9_000))).contains("is not an object");
    assertThat(refusal("{\"unknown\":" + "[".repeat(9_000))).contains("nest too deeply");
  }

  @Test
  void theFormMayNotOutgrowTheLimitOrTheRoom() {
    String zeros =
        METRIC.formatted(
            "{\"histogram\":{\"dataPoints\":[{\"bucketCounts\":[" + "0,".repeat(3_000) + "0]}]}}");
    assertThat(((Received.Broken) translate(20_000, Signal.METRICS, zeros)).message())
        .contains("its protobuf form is over 20000 bytes");
    assertThat(fault(zeros, 100_000, 60_000)).isEqualTo(Fault.OVERLOADED);
    assertThat(fault(zeros, 30_000, 0)).as("however long it waits").isEqualTo(Fault.TOO_LARGE);
  }

  private static Fault fault(String json, long bound, long heldByOthers) {
    InFlightBytes narrow =
        new InFlightBytes(bound, new IngestMetrics(new CollectorRegistry(), IngestWatch.NONE));
    assertThat(narrow.reserve().grow(heldByOthers)).isTrue();
    InFlightBytes.Reservation reservation = narrow.reserve();
    assertThat(reservation.grow(json.length())).isTrue();
    Received full =
        new OtlpJson(1 << 20)
            .translate(Signal.METRICS, new Received.Whole(json.getBytes(UTF_8), reservation));
    return ((Received.Broken) full).fault();
  }

  private static String attribute(String value) {
    return "\"attributes\":[{\"key\":\"k\",\"value\":" + value + "}]";
  }

  private void checkSpan(String field, String rule) {
    assertThat(refusal(SPAN.formatted("{" + field + "}"))).contains(rule).contains(" at line 1");
  }

  private String refusal(String json) {
    Received received = translate(1 << 20, Signal.TRACES, json);
    assertThat(received).isInstanceOf(Received.Broken.class);
    assertThat(((Received.Broken) received).fault()).isEqualTo(Fault.MALFORMED);
    return ((Received.Broken) received).message();
  }

  private Span span(String json) throws Exception {
    return ExportTraceServiceRequest.parseFrom(wire(Signal.TRACES, SPAN.formatted(json)))
        .getResourceSpans(0)
        .getScopeSpans(0)
        .getSpans(0);
  }

  private Metric metric(String json) throws Exception {
    return ExportMetricsServiceRequest.parseFrom(wire(Signal.METRICS, METRIC.formatted(json)))
        .getResourceMetrics(0)
        .getScopeMetrics(0)
        .getMetrics(0);
  }

  private byte[] wire(Signal signal, String json) {
    Received received = translate(1 << 20, signal, json);
    assertThat(received).as("%s", received).isInstanceOf(Received.Whole.class);
    return ((Received.Whole) received).body();
  }

  private Received translate(int maxBytes, Signal signal, String json) {
    Received.Whole whole = new Received.Whole(json.getBytes(UTF_8), inFlight.reserve());
    return new OtlpJson(maxBytes).translate(signal, whole);
  }

  private static AnyValue.Builder attribute(Span.Builder span, String key) {
    return span.addAttributesBuilder().setKey(key).getValueBuilder();
  }

  private static ByteString hex(String text) {
    return ByteString.copyFrom(HexFormat.of().parseHex(text));
  }

  private static void collect(Descriptor message, Map<String, Map<String, Field>> into) {
    if (into.containsKey(message.getName())) {
      return;
    }
    Map<String, Field> fields = new HashMap<>();
    into.put(message.getName(), fields);
    Set<Descriptor> nested = new HashSet<>();
    for (FieldDescriptor field : message.getFields()) {
      fields.put(field.getJsonName(), field(field));
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        nested.add(field.getMessageType());
      }
    }
    nested.forEach(type -> collect(type, into));
  }

  private static Field field(FieldDescriptor field) {
    boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    boolean id = Set.of("traceId", "spanId", "parentSpanId").contains(field.getJsonName());
    return new Field(
        field.getNumber(),
        id ? Type.HEX : Type.valueOf(field.getType().name().toUpperCase(Locale.ROOT)),
        field.isRepeated(),
        nested ? field.getMessageType().getName() : "");
  }
}
