// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Random OTLP requests with everything that a span can have. */
final class RandomSpans {

  private final Random random;
  private final List<ByteString> traces;

  RandomSpans(Random random, int traces) {
    this.random = random;
    this.traces = random.ints(traces).mapToObj(i -> id(16)).toList();
  }

  List<ByteString> traces() {
    return traces;
  }

  ExportTraceServiceRequest request() {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int r = 1 + random.nextInt(3); r > 0; r--) {
      ResourceSpans.Builder resource = request.addResourceSpansBuilder();
      if (random.nextInt(5) > 0) {
        Resource.Builder attributes = resource.getResourceBuilder();
        attributes.addAttributes(text("service.name", "service-" + random.nextInt(4)));
        keys().forEach(key -> attributes.addAttributes(attribute("host." + key)));
      }
      for (int s = 1 + random.nextInt(2); s > 0; s--) {
        ScopeSpans.Builder scope = resource.addScopeSpansBuilder();
        scope.setScope(InstrumentationScope.newBuilder().setName("scope-" + random.nextInt(2)));
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
          scope.addSpans(span());
        }
      }
    }
    return request.build();
  }

  private Span span() {
    long start =
        TimeUnit.MILLISECONDS.toNanos(Records.APPENDED.toEpochMilli())
            - random.nextLong(3_000_000_000L);
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(traces.get(random.nextInt(traces.size())))
            .setSpanId(id(8))
            .setName("operation " + random.nextInt(5))
            .setKindValue(random.nextInt(6))
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + random.nextLong(-1_000, 900_000_000L));
    if (random.nextBoolean()) {
      span.setParentSpanId(id(8)).setTraceState("a=" + random.nextInt(9));
    }
    if (random.nextBoolean()) {
      span.setStatus(
          Status.newBuilder().setCodeValue(random.nextInt(3)).setMessage("no \"é\"\t'\\"));
    }
    keys().forEach(key -> span.addAttributes(attribute(key)));
    for (int i = random.nextInt(3); i > 0; i--) {
      Span.Event.Builder event =
          span.addEventsBuilder().setName("event " + i).setTimeUnixNano(start + i);
      keys().forEach(key -> event.addAttributes(attribute(key)));
    }
    for (int i = random.nextInt(2); i > 0; i--) {
      Span.Link.Builder link = span.addLinksBuilder().setTraceId(id(16)).setSpanId(id(8));
      keys().forEach(key -> link.addAttributes(attribute(key)));
    }
    return span.build();
  }

  /** Up to five of different keys, of all simple types. */
  List<KeyValue> attributes() {
    return keys().stream().map(this::attribute).toList();
  }

  private Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      keys.add("key." + random.nextInt(12));
    }
    return keys;
  }

  private KeyValue attribute(String key) {
    AnyValue.Builder value = AnyValue.newBuilder();
    switch (random.nextInt(6)) {
      case 0 -> value.setStringValue("Ω'\\\n\t" + "x".repeat(random.nextInt(150)));
      case 1 -> value.setBoolValue(random.nextBoolean());
      case 2 -> value.setIntValue(random.nextLong());
      case 3 -> value.setDoubleValue(random.nextGaussian());
      case 4 -> value.setStringValue("");
      default -> value.setStringValue("plain-" + random.nextInt(3));
    }
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private ByteString id(int length) {
    byte[] id = new byte[length];
    random.nextBytes(id);
    id[0] = 1;
    return ByteString.copyFrom(id);
  }
}
