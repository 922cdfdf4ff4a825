// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.List;

/** What a walk saw, rebuilt as protobuf objects so that it can be compared with the oracle. */
final class WalkedTraces {

  /** A span with what its resource and scope say. */
  record Seen(List<KeyValue> resource, String service, String scope, long index, Span span) {}

  private WalkedTraces() {}

  static List<Seen> of(byte[] body) {
    List<Seen> seen = new ArrayList<>();
    new TraceWalker()
        .walk(
            body,
            span ->
                seen.add(
                    new Seen(
                        keyValues(span.resourceAttributes()),
                        span.serviceName().utf8(),
                        span.scopeName().utf8(),
                        span.index(),
                        span(span))));
    return seen;
  }

  private static Span span(SpanView view) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(bytes(view.traceId()))
            .setSpanId(bytes(view.spanId()))
            .setParentSpanId(bytes(view.parentSpanId()))
            .setTraceState(view.traceState().utf8())
            .setName(view.name().utf8())
            .setKindValue(view.kind())
            .setStartTimeUnixNano(view.startNanos())
            .setEndTimeUnixNano(view.endNanos())
            .addAllAttributes(keyValues(view.attributes()));
    Status status =
        Status.newBuilder()
            .setMessage(view.statusMessage().utf8())
            .setCodeValue(view.statusCode())
            .build();
    if (!status.equals(Status.getDefaultInstance())) {
      span.setStatus(status);
    }
    for (int i = 0; i < view.events().size(); i++) {
      span.addEvents(event(view.events().get(i)));
    }
    for (int i = 0; i < view.links().size(); i++) {
      span.addLinks(link(view.links().get(i)));
    }
    return span.build();
  }

  private static Span.Event event(Slice slice) {
    EventView event = new EventView().read(slice);
    return Span.Event.newBuilder()
        .setName(event.name().utf8())
        .setTimeUnixNano(event.timeNanos())
        .addAllAttributes(keyValues(event.attributes()))
        .build();
  }

  private static Span.Link link(Slice slice) {
    LinkView link = new LinkView().read(slice);
    return Span.Link.newBuilder()
        .setTraceId(bytes(link.traceId()))
        .setSpanId(bytes(link.spanId()))
        .setTraceState(link.traceState().utf8())
        .addAllAttributes(keyValues(link.attributes()))
        .build();
  }

  static List<KeyValue> keyValues(AttributeList attributes) {
    List<KeyValue> list = new ArrayList<>();
    for (int i = 0; i < attributes.size(); i++) {
      list.add(
          KeyValue.newBuilder()
              .setKey(attributes.key(i).utf8())
              .setValue(value(attributes, i))
              .build());
    }
    return list;
  }

  private static AnyValue value(AttributeList attributes, int i) {
    AnyValue.Builder value = AnyValue.newBuilder();
    Slice text = attributes.text(i);
    long bits = attributes.bits(i);
    try {
      return switch (attributes.type(i)) {
        case EMPTY -> value.build();
        case STRING -> value.setStringValue(text.utf8()).build();
        case BOOL -> value.setBoolValue(bits != 0).build();
        case INT -> value.setIntValue(bits).build();
        case DOUBLE -> value.setDoubleValue(Double.longBitsToDouble(bits)).build();
        case BYTES -> value.setBytesValue(bytes(text)).build();
        case ARRAY -> value.setArrayValue(ArrayValue.parseFrom(text.bytes())).build();
        case KEY_VALUES -> value.setKvlistValue(KeyValueList.parseFrom(text.bytes())).build();
      };
    } catch (InvalidProtocolBufferException e) {
      if (String.valueOf(e.getMessage()).contains("invalid UTF-8")) {
        return AnyValue.getDefaultInstance(); // the walker leaves text encoding to its readers
      }
      throw new AssertionError("the walker let a malformed list pass", e);
    }
  }

  static ByteString bytes(Slice slice) {
    return ByteString.copyFrom(slice.array(), slice.offset(), slice.length());
  }
}
