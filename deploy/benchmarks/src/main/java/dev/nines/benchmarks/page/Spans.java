// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Requests of services as OTLP: a server span each, that took 20 ms. Used by one thread. */
final class Spans {

  private static final long TOOK_MILLIS = 20;

  private final SplittableRandom random;

  Spans(long seed) {
    random = new SplittableRandom(seed);
  }

  /** All requests of these services that ended in [from, to). */
  ExportTraceServiceRequest batch(List<Service> services, long from, long to) {
    ExportTraceServiceRequest.Builder batch = ExportTraceServiceRequest.newBuilder();
    for (Service service : services) {
      List<Event> events = service.events(from, to);
      if (!events.isEmpty()) {
        ScopeSpans.Builder spans = ScopeSpans.newBuilder();
        events.forEach(event -> spans.addSpans(span(event)));
        batch.addResourceSpans(
            ResourceSpans.newBuilder().setResource(resource(service)).addScopeSpans(spans));
      }
    }
    return batch.build();
  }

  private static Resource resource(Service service) {
    AnyValue name = AnyValue.newBuilder().setStringValue(service.name()).build();
    return Resource.newBuilder()
        .addAttributes(KeyValue.newBuilder().setKey("service.name").setValue(name))
        .build();
  }

  private Span span(Event event) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(id(16))
            .setSpanId(id(8))
            .setName("GET /orders")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(nanos(event.atMillis() - TOOK_MILLIS))
            .setEndTimeUnixNano(nanos(event.atMillis()));
    if (event.bad()) {
      span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
    }
    return span.build();
  }

  private ByteString id(int bytes) {
    byte[] id = new byte[bytes];
    random.nextBytes(id);
    return ByteString.copyFrom(id);
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
