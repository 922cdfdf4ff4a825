// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A batch in the shape of the data set of Jaeger's ClickHouse benchmark: traces of 10 spans, 1
 * parent and 9 children, over 10 services; 11 attributes a span, of 97 keys and 1,000 values. Its
 * size is the largest batch of an SDK's batch processor by default.
 */
public final class SpanBatch {

  public static final int SPANS = 512;

  /** Stands for the instance of the first service until the batch is sent. */
  static final String INSTANCE = "instance-unnamed";

  private static final int SERVICES = 10;
  private static final int SPANS_PER_TRACE = 10;
  private static final int ATTRIBUTES = 11;
  private static final int KEYS = 97;
  private static final int VALUES = 1_000;
  private static final long FIRST_NANOS = 1_780_000_000_000_000_000L;

  private final Random random;
  private final long firstNanos;
  private final List<ScopeSpans.Builder> services = new ArrayList<>();

  private SpanBatch(long seed, long firstNanos) {
    random = new Random(seed);
    this.firstNanos = firstNanos;
  }

  public static ExportTraceServiceRequest of(long seed) {
    return of(seed, FIRST_NANOS);
  }

  /**
   * @param firstNanos its traces begin in the second after this, nanoseconds since 1970
   */
  public static ExportTraceServiceRequest of(long seed, long firstNanos) {
    return new SpanBatch(seed, firstNanos).build();
  }

  private ExportTraceServiceRequest build() {
    for (int service = 0; service < SERVICES; service++) {
      InstrumentationScope.Builder scope =
          InstrumentationScope.newBuilder().setName("io.opentelemetry.http").setVersion("2.21.0");
      services.add(ScopeSpans.newBuilder().setScope(scope));
    }
    for (int first = 0; first < SPANS; first += SPANS_PER_TRACE) {
      addTrace(Math.min(SPANS_PER_TRACE, SPANS - first));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int service = 0; service < SERVICES; service++) {
      request.addResourceSpans(
          ResourceSpans.newBuilder()
              .setResource(resource(service))
              .addScopeSpans(services.get(service)));
    }
    return request.build();
  }

  private void addTrace(int spans) {
    ByteString trace = id(16);
    ByteString parent = ByteString.EMPTY;
    long start = firstNanos + random.nextLong(1_000_000_000L);
    for (int i = 0; i < spans; i++) {
      Span span = span(trace, parent, i, start);
      services.get(i % SERVICES).addSpans(span);
      parent = i == 0 ? span.getSpanId() : parent;
    }
  }

  private Span span(ByteString trace, ByteString parent, int i, long start) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(trace)
            .setSpanId(id(8))
            .setParentSpanId(parent)
            .setName("GET /api/v1/operation-" + random.nextInt(100))
            .setKind(i == 0 ? Span.SpanKind.SPAN_KIND_SERVER : Span.SpanKind.SPAN_KIND_CLIENT)
            .setStartTimeUnixNano(start + i * 1_000_000L)
            .setEndTimeUnixNano(start + i * 1_000_000L + random.nextLong(500_000_000L));
    int firstKey = random.nextInt(KEYS);
    for (int k = 0; k < ATTRIBUTES; k++) {
      span.addAttributes(attribute((firstKey + k * 7) % KEYS));
    }
    return span.build();
  }

  /** Eight texts, two numbers and a flag in eleven, by key: a key has one type. */
  private KeyValue attribute(int key) {
    int value = random.nextInt(VALUES);
    AnyValue.Builder any = AnyValue.newBuilder();
    switch (key % ATTRIBUTES) {
      case 0 -> any.setBoolValue(value % 2 == 0);
      case 1 -> any.setIntValue(value);
      case 2 -> any.setDoubleValue(value / 8.0);
      default -> any.setStringValue("attribute-value-%03d".formatted(value));
    }
    return KeyValue.newBuilder().setKey("app.attribute.%02d".formatted(key)).setValue(any).build();
  }

  private static Resource resource(int service) {
    String instance = service == 0 ? INSTANCE : "instance-%07d".formatted(service);
    return Resource.newBuilder()
        .addAttributes(text("service.name", "service-" + service))
        .addAttributes(text("service.instance.id", instance))
        .addAttributes(text("deployment.environment.name", "production"))
        .addAttributes(text("telemetry.sdk.language", "java"))
        .addAttributes(text("telemetry.sdk.name", "opentelemetry"))
        .addAttributes(text("telemetry.sdk.version", "1.57.0"))
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private ByteString id(int bytes) {
    byte[] id = new byte[bytes];
    random.nextBytes(id);
    return ByteString.copyFrom(id);
  }
}
