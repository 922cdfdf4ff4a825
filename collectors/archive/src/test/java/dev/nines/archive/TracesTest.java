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

  private TracesResource resource;

  @BeforeAll
  void fill() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < TRACES; i++) {
      records.add(Records.accepted("acme", i % 2 == 0 ? "eu" : "us", i, trace(i)));
    }
    records.add(Records.accepted("rival", "eu", 1_000, trace(0)));
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
    ByteString root = ByteString.copyFrom(ByteBuffer.allocate(8).putLong(0, 1).array());
    Span edge = span(i, end, duration + 1_000_000).setSpanId(root).setName("GET /checkout").build();
    Span.Builder inner = span(i, end, duration).setParentSpanId(root).setName("charge");
    inner.setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(0, 2).array()));
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
