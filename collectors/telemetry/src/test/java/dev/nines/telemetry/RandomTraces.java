// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/** Seeded requests of all shapes that the protocol allows. */
final class RandomTraces {

  private final Random random;
  private final RandomValues values;

  RandomTraces(long seed) {
    random = new Random(seed);
    values = new RandomValues(random);
  }

  ExportTraceServiceRequest request(int resources, int scopes, int spans) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int i = random.nextInt(resources + 1); i > 0; i--) {
      request.addResourceSpans(resourceSpans(scopes, spans));
    }
    return request.build();
  }

  /** The request with each resource and scope written after its spans. */
  static byte[] backwards(ExportTraceServiceRequest request) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (ResourceSpans spans : request.getResourceSpansList()) {
        out.writeByteArray(1, backwards(spans));
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] backwards(ResourceSpans spans) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(3, spans.getSchemaUrl());
    for (ScopeSpans scope : spans.getScopeSpansList()) {
      ByteString body = scope.toBuilder().clearScope().build().toByteString();
      out.writeTag(2, 2);
      out.writeUInt32NoTag(body.size() + scopeSize(scope));
      out.writeRawBytes(body);
      if (scope.hasScope()) {
        out.writeMessage(1, scope.getScope());
      }
    }
    if (spans.hasResource()) {
      out.writeMessage(1, spans.getResource());
    }
    out.flush();
    return bytes.toByteArray();
  }

  private static int scopeSize(ScopeSpans scope) {
    return scope.hasScope() ? CodedOutputStream.computeMessageSize(1, scope.getScope()) : 0;
  }

  private ResourceSpans resourceSpans(int scopes, int spans) {
    ResourceSpans.Builder resource = ResourceSpans.newBuilder().setSchemaUrl(values.text());
    if (random.nextInt(5) > 0) {
      resource.setResource(
          Resource.newBuilder()
              .addAllAttributes(values.attributes(4))
              .addAttributes(
                  RandomValues.keyValue(
                      "service.name", AnyValue.newBuilder().setStringValue("s"))));
    }
    for (int i = random.nextInt(scopes + 1); i > 0; i--) {
      resource.addScopeSpans(scopeSpans(spans));
    }
    return resource.build();
  }

  private ScopeSpans scopeSpans(int spans) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder().setSchemaUrl(values.text());
    if (random.nextBoolean()) {
      scope.setScope(
          InstrumentationScope.newBuilder()
              .setName(values.text())
              .setVersion("1")
              .addAllAttributes(values.attributes(2)));
    }
    for (int i = random.nextInt(spans + 1); i > 0; i--) {
      scope.addSpans(span());
    }
    return scope.build();
  }

  private Span span() {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(values.bytes(16))
            .setSpanId(values.bytes(8))
            .setTraceState(values.text())
            .setName(values.text())
            .setKindValue(random.nextInt(6))
            .setStartTimeUnixNano(random.nextLong())
            .setEndTimeUnixNano(random.nextLong())
            .addAllAttributes(values.attributes(8))
            .setFlags(random.nextInt());
    if (random.nextBoolean()) {
      span.setParentSpanId(values.bytes(8)).setUnknownFields(values.unknown());
    }
    if (random.nextInt(3) == 0) {
      span.setStatus(Status.newBuilder().setCodeValue(random.nextInt(3)).setMessage(values.text()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      span.addEvents(
          Span.Event.newBuilder()
              .setName(values.text())
              .setTimeUnixNano(random.nextLong())
              .addAllAttributes(values.attributes(3)));
      span.addLinks(
          Span.Link.newBuilder()
              .setTraceId(values.bytes(16))
              .setSpanId(values.bytes(8))
              .addAllAttributes(values.attributes(2)));
    }
    return span.build();
  }
}
