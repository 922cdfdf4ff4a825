// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What protobuf-java reads from a request is what the engine gives back. */
class SpanMapperTest extends TableTest {

  @Test
  void everySpanComesBackWhole() {
    long seed = new Random().nextLong();
    RandomSpans spans = new RandomSpans(new Random(seed), 20);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<ByteString, List<Trace.Span>> expected =
        new TreeMap<>(ByteString.unsignedLexicographicalComparator());
    int sent = 0;
    for (int seq = 0; seq < 60; seq++) {
      ExportTraceServiceRequest request = spans.request();
      records.add(Records.accepted("acme", "eu", seq, request));
      collect(request, expected);
      sent += Records.spans(request);
    }
    store(new SpanMapper(), "spans", records.subList(0, 20));
    store(new SpanMapper(), "spans", records.subList(20, 60));

    Traces traces = new Traces(query);
    expected.forEach(
        (id, oracle) -> {
          oracle.sort(Comparator.comparing(Trace.Span::start).thenComparing(Trace.Span::spanId));
          Trace found = traces.find("acme", hex(id)).orElseThrow();
          assertThat(found.spans()).as("seed %d trace %s", seed, hex(id)).isEqualTo(oracle);
        });
    assertThat(expected.values().stream().mapToInt(List::size).sum()).isEqualTo(sent);
    assertThat(traces.find("other", hex(spans.traces().getFirst()))).isEmpty();
  }

  @Test
  void aRowTellsWhereItCameFrom() {
    ExportTraceServiceRequest request = new RandomSpans(new Random(5), 1).request();
    store(new SpanMapper(), "spans", List.of(Records.accepted("origin", "us", 99, request)));
    Row row =
        query.one(
            Sql.of(
                """
                SELECT count() AS c, groupUniqArray(`index`) AS indexes, any(region) AS region,
                  any(task) AS task, any(seq) AS seq, any(topic) AS topic, any(partition) AS part,
                  any(offset) AS off, any(appended_at) AS appended, any(received_at) AS received
                FROM spans WHERE tenant = 'origin'
                """));
    assertThat(row.number("c")).isEqualTo(Records.spans(request));
    assertThat(row.list("indexes")).hasSize(Records.spans(request));
    assertThat(row.text("region")).isEqualTo("us");
    assertThat(row.text("task")).isEqualTo("0_3");
    assertThat(row.number("seq")).isEqualTo(99);
    assertThat(row.text("topic")).isEqualTo(TelemetryTopics.accepted("us").name());
    assertThat(row.number("part")).isEqualTo(3);
    assertThat(row.number("off")).isEqualTo(7_099);
    assertThat(row.instant("appended")).isEqualTo(Records.APPENDED);
    assertThat(row.instant("received")).isEqualTo(Records.APPENDED.minusMillis(20));
  }

  /** Kinds and codes that OTLP does not know, and links with long ids, must not stop the sink. */
  @Test
  void absurdSpansAreStored() {
    Span span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(new byte[16]).concat(ByteString.copyFrom(new byte[4])))
            .setSpanId(ByteString.copyFrom(new byte[12]))
            .setKindValue(77)
            .setEndTimeUnixNano(-1)
            .addLinks(Span.Link.newBuilder().setTraceId(ByteString.copyFrom(new byte[40])))
            .setStatus(io.opentelemetry.proto.trace.v1.Status.newBuilder().setCodeValue(9))
            .build();
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
            .build();
    store(new SpanMapper(), "spans", List.of(Records.accepted("absurd", "us", 1, request)));
    Sql sql =
        Sql.of(
            "SELECT toString(kind) AS k, toString(status) AS s FROM spans WHERE tenant = 'absurd'");
    assertThat(query.one(sql).text("k")).isEqualTo("unspecified");
    assertThat(query.one(sql).text("s")).isEqualTo("unset");
  }

  private static void collect(
      ExportTraceServiceRequest request, Map<ByteString, List<Trace.Span>> into) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      Map<String, String> attributes = texts(resource.getResource().getAttributesList());
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          into.computeIfAbsent(span.getTraceId(), id -> new ArrayList<>())
              .add(oracle(span, attributes, scope.getScope().getName()));
        }
      }
    }
  }

  private static Trace.Span oracle(Span span, Map<String, String> resource, String scope) {
    return new Trace.Span(
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        resource.getOrDefault("service.name", ""),
        span.getName(),
        span.getKind().name().substring("SPAN_KIND_".length()).toLowerCase(Locale.ROOT),
        span.getStatus()
            .getCode()
            .name()
            .substring("STATUS_CODE_".length())
            .toLowerCase(Locale.ROOT),
        span.getStatus().getMessage(),
        Traces.instant(span.getStartTimeUnixNano()),
        span.getEndTimeUnixNano() - span.getStartTimeUnixNano(),
        "eu",
        scope,
        span.getTraceState(),
        resource,
        texts(span.getAttributesList()),
        span.getEventsList().stream()
            .map(
                e ->
                    new Trace.Event(
                        Traces.instant(e.getTimeUnixNano()),
                        e.getName(),
                        texts(e.getAttributesList())))
            .toList(),
        span.getLinksList().stream()
            .map(
                l ->
                    new Trace.Link(
                        hex(l.getTraceId()), hex(l.getSpanId()), texts(l.getAttributesList())))
            .toList());
  }

  static Map<String, String> texts(List<KeyValue> attributes) {
    Map<String, String> texts = new TreeMap<>();
    attributes.forEach(a -> texts.put(a.getKey(), text(a.getValue())));
    return texts;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
