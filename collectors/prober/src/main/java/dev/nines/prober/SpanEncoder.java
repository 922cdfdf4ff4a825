// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.nines.prober.check.Observation;
import dev.nines.prober.check.Reason;
import dev.nines.prober.check.Verdict;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Runs as OTLP. Names follow the semantic conventions of OpenTelemetry where they have one; the
 * rest begins with {@code probe.}: {@code probe.region.from} and {@code .to}, and the length of
 * each phase in milliseconds, such as {@code probe.tls.ms}.
 */
final class SpanEncoder {

  /** What SLOs select by. */
  static final String SERVICE = "nines-prober";

  private static final double NANOS_PER_MILLI = 1e6;

  private final String region;
  private final Resource resource;

  /**
   * @param region that the prober runs in
   * @param instance tells the probers of a region from each other
   */
  SpanEncoder(String region, String instance) {
    this.region = region;
    this.resource =
        Resource.newBuilder()
            .addAttributes(text("service.name", SERVICE))
            .addAttributes(text("service.instance.id", region + "-" + instance))
            .addAttributes(text("cloud.region", region))
            .build();
  }

  byte[] span(
      Route route,
      TraceContext context,
      Instant start,
      Duration length,
      Verdict verdict,
      Observation seen) {
    long startNanos = start.getEpochSecond() * 1_000_000_000L + start.getNano();
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(context.traceId()))
            .setSpanId(ByteString.copyFrom(context.spanId()))
            .setName(route.probe().name())
            .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
            .setStartTimeUnixNano(startNanos)
            .setEndTimeUnixNano(startNanos + length.toNanos())
            .addAttributes(text("probe.name", route.probe().name()))
            .addAttributes(text("probe.kind", route.kind()))
            .addAttributes(text("probe.region.from", region))
            .addAttributes(text("probe.region.to", route.target().region()));
    seen.attributes().forEach((key, value) -> span.addAttributes(attribute(key, value)));
    seen.nanos().forEach((phase, nanos) -> span.addAttributes(millis(phase.word(), nanos)));
    if (verdict instanceof Verdict.Failed(Reason reason, String message)) {
      span.addAttributes(text("error.type", reason.word()))
          .setStatus(
              Status.newBuilder()
                  .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                  .setMessage(reason.word() + ": " + message));
    }
    return span.build().toByteArray();
  }

  /** One request of spans that are encoded already. */
  byte[] request(List<byte[]> spans) {
    ScopeSpans.Builder scope =
        ScopeSpans.newBuilder().setScope(InstrumentationScope.newBuilder().setName(SERVICE));
    try {
      for (byte[] span : spans) {
        scope.addSpans(Span.parseFrom(span));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a span that this class encoded is none", e);
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  private static KeyValue attribute(String key, Object value) {
    return value instanceof Long number
        ? pair(key, AnyValue.newBuilder().setIntValue(number))
        : text(key, value.toString());
  }

  private static KeyValue text(String key, String value) {
    return pair(key, AnyValue.newBuilder().setStringValue(value));
  }

  private static KeyValue millis(String phase, long nanos) {
    return pair(
        "probe." + phase + ".ms", AnyValue.newBuilder().setDoubleValue(nanos / NANOS_PER_MILLI));
  }

  private static KeyValue pair(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
