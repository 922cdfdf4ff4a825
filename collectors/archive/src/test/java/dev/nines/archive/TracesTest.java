// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.google.protobuf.ByteString;
import dev.nines.objectives.access.Principal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * 50 traces of two spans each, closer and closer over 80 minutes; every fifth fails, every tenth is
 * slow.
 */
class TracesTest extends TableTest {

  private static final int TRACES = 50;
  private static final Instant NEWEST = Records.APPENDED.minusSeconds(1);
  private static final String FROM = NEWEST.minus(Duration.ofHours(2)).toString();

  private static final List<String> ABSURD =
      List.of("1969-01-01T00:00:00Z", "2107-03-01T00:00:00Z", "2110-01-01T00:00:00Z");

  private TracesResource resource;

  @BeforeAll
  void fill() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < TRACES; i++) {
      records.add(Records.accepted("acme", i % 2 == 0 ? "eu" : "us", i, trace(i)));
    }
    records.add(Records.accepted("rival", "eu", 1_000, trace(0)));
    for (int i = 0; i < ABSURD.size(); i++) {
      records.add(Records.accepted("acme", "odd", 2_000 + i, absurd(i)));
    }
    for (int i = 0; i < 4; i++) {
      records.add(Records.accepted("wide", "odd", 3_000 + i, wide(i)));
    }
    store(new SpanMapper(), "spans", records);
    Principal reader = new Principal("acme", "test", "", Set.of(Principal.Right.READ));
    resource = new TracesResource(() -> reader, new Traces(query), () -> Records.APPENDED);
  }

  @Test
  void aTraceIsFoundByItsId() {
    Trace trace = resource.trace(id(7).toUpperCase(java.util.Locale.ROOT));
    assertThat(trace.traceId()).isEqualTo(id(7));
    assertThat(trace.spans()).extracting(Trace.Span::service).containsExactly("edge", "checkout");
    assertThat(trace.spans()).extracting(Trace.Span::region).containsOnly("us");
  }

  @Test
  void absentAndMalformedIdsAreRefused() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> resource.trace("00".repeat(16)))
        .withMessageContaining("no trace");
    assertRefusal(() -> resource.trace("xyz")).isEqualTo("traceId: 32 hex digits, not 'xyz'");
  }

  @Test
  void searchIsNewestFirstAndPages() {
    List<String> found = new ArrayList<>();
    String cursor = null;
    int pages = 0;
    do {
      TracePage page = search("", List.of(), false, "0", "7", cursor);
      page.traces().forEach(trace -> found.add(trace.traceId()));
      cursor = page.next();
      pages++;
    } while (cursor != null);
    assertThat(pages).isEqualTo(8);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < TRACES; i++) {
      all.add(id(i));
    }
    assertThat(found).containsExactlyElementsOf(all);
  }

  @Test
  void filtersNarrow() {
    assertThat(found(search("", List.of(), true, "0", "200", null))).hasSize(10);
    assertThat(found(search("", List.of(), false, "400", "200", null))).hasSize(5);
    assertThat(found(search("eu", List.of(), false, "0", "200", null))).hasSize(25);
    assertThat(found(search("", List.of("order.id=o-13"), false, "0", "200", null)))
        .containsExactly(id(13));
    assertThat(
            found(search("", List.of("order.id=o-13", "service.version=2"), false, "0", "9", null)))
        .containsExactly(id(13));
    assertThat(
            found(search("", List.of("order.id=o-13", "service.version=1"), false, "0", "9", null)))
        .isEmpty();
  }

  @Test
  void aSummaryTellsTheRootAndTheWhole() {
    TracePage page = search("", List.of("order.id=o-10"), false, "0", "5", null);
    TracePage.Summary summary = page.traces().getFirst();
    assertThat(summary.service()).isEqualTo("edge");
    assertThat(summary.operation()).isEqualTo("GET /checkout");
    assertThat(summary.spans()).isEqualTo(2);
    assertThat(summary.errors()).isEqualTo(1);
    assertThat(summary.services()).containsExactly("checkout", "edge");
    assertThat(Duration.ofNanos(summary.durationNanos())).isEqualTo(Duration.ofMillis(501));
    assertThat(page.next()).isNull();
  }

  /** A client's clock may say 1969 or 2110: no minute of the sort key may stand for another. */
  @Test
  void absurdClocksHideNoTrace() {
    for (int i = 0; i < ABSURD.size(); i++) {
      String id = id(1_000 + i);
      assertThat(resource.trace(id).spans()).hasSize(2);
      TracePage page = searchAll("clock=" + i, "1900-01-01T00:00:00Z", "2200-01-01T00:00:00Z");
      assertThat(found(page)).containsExactly(id);
      assertThat(page.traces().getFirst().spans()).isEqualTo(2);
    }
    assertThat(searchAll("clocks=absurd", "1900-01-01T00:00:00Z", "2200-01-01T00:00:00Z").traces())
        .hasSize(ABSURD.size());
    assertThat(searchAll("clocks=absurd", "1960-01-01T00:00:00Z", "2030-01-01T00:00:00Z").traces())
        .hasSize(ABSURD.size());
  }

  private TracePage searchAll(String attribute, String from, String to) {
    return resource.search("", "", "", List.of(attribute), false, "0", from, to, "200", null);
  }

  /** Ends of a span beside one that ends when it should. */
  private static ExportTraceServiceRequest absurd(int i) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    long now = TimeUnit.MILLISECONDS.toNanos(NEWEST.minus(Duration.ofDays(1)).toEpochMilli());
    long then = TimeUnit.MILLISECONDS.toNanos(Instant.parse(ABSURD.get(i)).toEpochMilli());
    for (long end : List.of(now, then)) {
      Span.Builder span = span(1_000 + i, end, 1_000_000);
      span.setSpanId(spanId(end));
      span.addAttributes(RandomSpans.text("clock", "" + i));
      span.addAttributes(RandomSpans.text("clocks", "absurd"));
      addResource(request, "clock", span.build());
    }
    return request.build();
  }

  /** A trace whose spans end far apart is as new as its newest that fits, on one page only. */
  @Test
  void aTraceIsOnOnePage() {
    Principal reader = new Principal("wide", "test", "", Set.of(Principal.Right.READ));
    TracesResource wide =
        new TracesResource(() -> reader, new Traces(query), () -> Records.APPENDED);
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      TracePage page = wide.search("", "", "", List.of(), false, "0", FROM, null, "1", cursor);
      found.addAll(found(page));
      cursor = page.next();
    } while (cursor != null);
    assertThat(found).containsExactly(id(2_003), id(2_002), id(2_001), id(2_000));
  }

  /** Four traces that end as one; the last of them began fifty minutes before. */
  private static ExportTraceServiceRequest wide(int i) {
    long end = TimeUnit.MILLISECONDS.toNanos(NEWEST.minusSeconds(7).toEpochMilli());
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int span = 0; span < 3; span++) {
      long before = TimeUnit.MINUTES.toNanos(i == 3 ? 25L * span : span);
      Span.Builder each = span(2_000 + i, end - before, 1_000_000);
      each.setSpanId(spanId(span + 1));
      addResource(request, "wide", each.build());
    }
    return request.build();
  }

  @Test
  void aTokenOfOneRegionSeesThatRegion() {
    Principal european = new Principal("acme", "test", "eu", Set.of(Principal.Right.READ));
    TracesResource seen =
        new TracesResource(() -> european, new Traces(query), () -> Records.APPENDED);
    assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> seen.trace(id(7)));
    assertThat(seen.trace(id(8)).traceId()).isEqualTo(id(8));
    assertThat(found(seen.search("", "", "", List.of(), false, "0", FROM, null, "200", null)))
        .hasSize(25);
    assertRefusal(() -> seen.search("", "", "us", List.of(), false, "0", null, null, "200", null))
        .startsWith("region");
  }

  @Test
  void badParametersAreNamed() {
    assertRefusal(() -> search("", List.of("novalue"), false, "0", "5", null))
        .isEqualTo("attribute: key=value, not 'novalue'");
    assertRefusal(() -> search("", List.of(), false, "0", "900", null))
        .isEqualTo("limit: 1 to 200, not 900");
    assertRefusal(() -> search("", List.of(), false, "fast", "5", null))
        .startsWith("minDurationMillis");
    assertRefusal(() -> search("", List.of(), false, "0", "5", "nonsense")).startsWith("cursor");
    assertRefusal(
            () -> resource.search("", "", "", List.of(), false, "0", "yesterday", null, "5", null))
        .isEqualTo("from: an RFC 3339 time, not 'yesterday'");
  }

  private TracePage search(
      String region,
      List<String> attributes,
      boolean error,
      String slow,
      String limit,
      String cursor) {
    return resource.search("", "", region, attributes, error, slow, FROM, null, limit, cursor);
  }

  private static List<String> found(TracePage page) {
    return page.traces().stream().map(TracePage.Summary::traceId).toList();
  }

  private static AbstractStringAssert<?> assertRefusal(ThrowingCallable call) {
    return assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(call)
        .extracting(Throwable::getMessage, as(STRING));
  }

  private static ExportTraceServiceRequest trace(int i) {
    long end = TimeUnit.MILLISECONDS.toNanos(NEWEST.minusSeconds(2L * i * i).toEpochMilli());
    long duration = TimeUnit.MILLISECONDS.toNanos(i % 10 == 0 ? 500 : 20);
    ByteString root = spanId(1);
    Span edge = span(i, end, duration + 1_000_000).setSpanId(root).setName("GET /checkout").build();
    Span.Builder inner = span(i, end, duration).setParentSpanId(root).setName("charge");
    inner.setSpanId(spanId(2));
    inner.addAttributes(RandomSpans.text("order.id", "o-" + i));
    if (i % 5 == 0) {
      inner.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    addResource(request, "edge", edge);
    addResource(request, "checkout", inner.build());
    return request.build();
  }

  private static Span.Builder span(int i, long end, long duration) {
    return Span.newBuilder()
        .setTraceId(ByteString.fromHex(id(i)))
        .setEndTimeUnixNano(end)
        .setStartTimeUnixNano(end - duration);
  }

  private static ByteString spanId(long number) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(0, number).array());
  }

  private static void addResource(
      ExportTraceServiceRequest.Builder request, String service, Span span) {
    var resource = request.addResourceSpansBuilder();
    resource
        .getResourceBuilder()
        .addAttributes(RandomSpans.text("service.name", service))
        .addAttributes(RandomSpans.text("service.version", "2"));
    resource.addScopeSpansBuilder().addSpans(span);
  }

  private static String id(int i) {
    return "%032x".formatted(0xabc000 + i);
  }
}
