// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

/**
 * One OTLP export request with the spans of one trace.
 *
 * @param traceId 32 hex digits, the same for the same name
 */
record Batch(String traceId, int spans, byte[] body) {

  private static final long SPAN_NANOS = 5_000_000;

  /** A few small spans that ended just now. */
  static Batch of(String name, int spans) {
    return of(name, spans, 0);
  }

  /** With that much noise in an attribute of each span, which no compression makes smaller. */
  static Batch of(String name, int spans, int noiseBytes) {
    UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    byte[] traceId =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
    Random random = new Random(uuid.getMostSignificantBits());
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    Instant now = Instant.now();
    long end = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    for (int i = 0; i < spans; i++) {
      Span.Builder span =
          Span.newBuilder()
              .setTraceId(ByteString.copyFrom(traceId))
              .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(i + 1L).array()))
              .setName("GET /acceptance")
              .setKind(Span.SpanKind.SPAN_KIND_SERVER)
              .setStartTimeUnixNano(end - SPAN_NANOS)
              .setEndTimeUnixNano(end);
      if (noiseBytes > 0) {
        span.addAttributes(attribute("noise", noise(random, noiseBytes)));
      }
      scope.addSpans(span);
    }
    byte[] body =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(
                        Resource.newBuilder()
                            .addAttributes(attribute("service.name", "acceptance")))
                    .addScopeSpans(scope))
            .build()
            .toByteArray();
    return new Batch(HexFormat.of().formatHex(traceId), spans, body);
  }

  private static KeyValue.Builder attribute(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value));
  }

  private static String noise(Random random, int bytes) {
    byte[] noise = new byte[bytes / 2];
    random.nextBytes(noise);
    return HexFormat.of().formatHex(noise);
  }
}
