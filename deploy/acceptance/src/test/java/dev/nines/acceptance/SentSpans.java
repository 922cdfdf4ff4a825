// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A client of each region's collector that tries again until it is answered, and what it sent. */
final class SentSpans {

  static final String SERVICE = "backfilled";

  private static final int SPANS = 25;
  private static final long LIMIT_MILLIS = 40;

  private final Random random = new Random(44);
  private final List<Sent> sent = new ArrayList<>();
  private final Map<String, Otlp> regions;
  private final String token;

  /**
   * @param regions collectors by name
   */
  SentSpans(Map<String, Otlp> regions, String token) {
    this.regions = regions;
    this.token = token;
  }

  /**
   * One acknowledged span.
   *
   * @param slow it took longer than 40 ms
   */
  record Sent(String region, boolean failed, boolean slow) {}

  /**
   * One batch to each region.
   *
   * @param before events end in so long before an instant
   * @param twice the client's first attempt got no answer in time
   */
  void send(Instant end, Duration before, boolean twice) {
    regions.forEach(
        (region, otlp) -> {
          byte[] batch = batch(region, end, before);
          for (int i = 0; i < (twice ? 2 : 1); i++) {
            await()
                .atMost(60, SECONDS)
                .ignoreExceptions()
                .until(() -> otlp.http(batch, Optional.of(token)).statusCode() == 200);
          }
        });
  }

  int total() {
    return sent.size();
  }

  /** Good and total of each region and of all. */
  Map<String, List<Long>> truth(Predicate<Sent> bad) {
    Map<String, List<Long>> truth = new TreeMap<>();
    for (Sent span : sent) {
      for (String scope : List.of(span.region(), "global")) {
        truth.merge(scope, List.of(bad.test(span) ? 0L : 1L, 1L), SentSpans::plus);
      }
    }
    return truth;
  }

  static List<Long> plus(List<Long> these, List<Long> those) {
    return List.of(these.getFirst() + those.getFirst(), these.getLast() + those.getLast());
  }

  private byte[] batch(String region, Instant end, Duration before) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < SPANS; i++) {
      Sent span = new Sent(region, random.nextInt(8) == 0, random.nextInt(8) == 0);
      sent.add(span);
      scope.addSpans(span(span, end.minusMillis((long) (random.nextDouble() * before.toMillis()))));
    }
    ResourceSpans.Builder spans = ResourceSpans.newBuilder().addScopeSpans(scope);
    spans
        .getResourceBuilder()
        .addAllAttributes(List.of(text("service.name", SERVICE), text("tier", "gold")));
    return ExportTraceServiceRequest.newBuilder().addResourceSpans(spans).build().toByteArray();
  }

  private Span span(Sent sent, Instant at) {
    long end = at.getEpochSecond() * 1_000_000_000L + at.getNano();
    long millis = sent.slow() ? LIMIT_MILLIS + 1 : LIMIT_MILLIS;
    var code =
        sent.failed() ? Status.StatusCode.STATUS_CODE_ERROR : Status.StatusCode.STATUS_CODE_OK;
    return Span.newBuilder()
        .setTraceId(id(16))
        .setSpanId(id(8))
        .setName("GET /backfilled")
        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
        .setStartTimeUnixNano(end - millis * 1_000_000)
        .setEndTimeUnixNano(end)
        .setStatus(Status.newBuilder().setCode(code))
        .build();
  }

  private ByteString id(int bytes) {
    byte[] id = new byte[bytes];
    random.nextBytes(id);
    return ByteString.copyFrom(id);
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
