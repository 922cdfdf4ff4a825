// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded requests of all shapes that the protocol allows. */
final class RandomTraces {

  private final Random random;

  RandomTraces(long seed) {
    random = new Random(seed);
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
    ResourceSpans.Builder resource = ResourceSpans.newBuilder().setSchemaUrl(text());
    if (random.nextInt(5) > 0) {
      resource.setResource(
          Resource.newBuilder()
              .addAllAttributes(attributes(4))
              .addAttributes(keyValue("service.name", AnyValue.newBuilder().setStringValue("s"))));
    }
    for (int i = random.nextInt(scopes + 1); i > 0; i--) {
      resource.addScopeSpans(scopeSpans(spans));
    }
    return resource.build();
  }

  private ScopeSpans scopeSpans(int spans) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder().setSchemaUrl(text());
    if (random.nextBoolean()) {
      scope.setScope(
          InstrumentationScope.newBuilder()
              .setName(text())
              .setVersion("1")
              .addAllAttributes(attributes(2)));
    }
    for (int i = random.nextInt(spans + 1); i > 0; i--) {
      scope.addSpans(span());
    }
    return scope.build();
  }

  private Span span() {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(bytes(16))
            .setSpanId(bytes(8))
            .setTraceState(text())
            .setName(text())
            .setKindValue(random.nextInt(6))
            .setStartTimeUnixNano(random.nextLong())
            .setEndTimeUnixNano(random.nextLong())
            .addAllAttributes(attributes(8))
            .setFlags(random.nextInt());
    if (random.nextBoolean()) {
      span.setParentSpanId(bytes(8)).setUnknownFields(unknown());
    }
    if (random.nextInt(3) == 0) {
      span.setStatus(Status.newBuilder().setCodeValue(random.nextInt(3)).setMessage(text()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      span.addEvents(
          Span.Event.newBuilder()
              .setName(text())
              .setTimeUnixNano(random.nextLong())
              .addAllAttributes(attributes(3)));
      span.addLinks(
          Span.Link.newBuilder()
              .setTraceId(bytes(16))
              .setSpanId(bytes(8))
              .addAllAttributes(attributes(2)));
    }
    return span.build();
  }

  private UnknownFieldSet unknown() {
    UnknownFieldSet nested =
        UnknownFieldSet.newBuilder()
            .addField(3, UnknownFieldSet.Field.newBuilder().addVarint(random.nextLong()).build())
            .build();
    UnknownFieldSet.Field field =
        UnknownFieldSet.Field.newBuilder()
            .addVarint(random.nextLong())
            .addFixed32(7)
            .addFixed64(8)
            .addLengthDelimited(bytes(5))
            .addGroup(nested)
            .build();
    return UnknownFieldSet.newBuilder().addField(900, field).build();
  }

  private List<KeyValue> attributes(int most) {
    List<KeyValue> list = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      list.add(keyValue("key" + random.nextInt(50), value(3)));
    }
    return list;
  }

  private static KeyValue keyValue(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private AnyValue.Builder value(int depth) {
    AnyValue.Builder value = AnyValue.newBuilder();
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0 -> value;
      case 1 -> value.setStringValue(text());
      case 2 -> value.setBoolValue(random.nextBoolean());
      case 3 -> value.setIntValue(random.nextLong());
      case 4 -> value.setDoubleValue(random.nextGaussian());
      case 5 -> value.setBytesValue(bytes(random.nextInt(9)));
      case 6 -> value.setArrayValue(ArrayValue.newBuilder().addValues(value(depth - 1)));
      default -> value.setKvlistValue(KeyValueList.newBuilder().addAllValues(nested(depth - 1)));
    };
  }

  private List<KeyValue> nested(int depth) {
    return List.of(keyValue("a", value(depth)), keyValue("b", value(depth)));
  }

  private ByteString bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private String text() {
    return "x".repeat(random.nextInt(4)) + (random.nextInt(4) == 0 ? "é漢😀" : "");
  }
}
