// SPDX-License-Identifier: Apache-2.0
package dev.nines.sampler;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** Spans of traces whose ids are drawn from a seed. */
final class Spans {

  private Spans() {}

  static byte[] traceId(long seed, int number) {
    java.util.Random random = new java.util.Random(seed * 1_000_003 + number);
    return ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(random.nextLong()).array();
  }

  /** One span of each of so many traces. */
  static byte[] request(long seed, int traces, String traceState) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    var scope = request.addResourceSpansBuilder().addScopeSpansBuilder();
    IntStream.range(0, traces)
        .forEach(
            number ->
                scope
                    .addSpansBuilder()
                    .setTraceId(ByteString.copyFrom(traceId(seed, number)))
                    .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}))
                    .setTraceState(traceState)
                    .setName("pay"));
    return request.build().toByteArray();
  }

  static List<Span> of(byte[] request) {
    try {
      return ExportTraceServiceRequest.parseFrom(request).getResourceSpansList().stream()
          .flatMap(resource -> resource.getScopeSpansList().stream())
          .flatMap(scope -> scope.getSpansList().stream())
          .toList();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
