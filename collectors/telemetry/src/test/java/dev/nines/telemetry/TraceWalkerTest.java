// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import com.sun.management.ThreadMXBean;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TraceWalkerTest {

  @Test
  void seesWhatProtobufSees() {
    for (long seed = 0; seed < 300; seed++) {
      ExportTraceServiceRequest request = new RandomTraces(seed).request(3, 3, 5);
      List<WalkedTraces.Seen> oracle = oracle(request);
      assertThat(WalkedTraces.of(request.toByteArray())).as("seed %d", seed).isEqualTo(oracle);
      assertThat(WalkedTraces.of(RandomTraces.backwards(request)))
          .as("backwards, seed %d", seed)
          .isEqualTo(oracle);
    }
  }

  @Test
  void mutatedBytesEndInMalformedOtlpOrInAWalk() {
    int refused = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      byte[] body = mutated(seed);
      try {
        WalkedTraces.of(body);
      } catch (MalformedOtlp e) {
        assertThat(e).as("seed %d", seed).hasMessageMatching("(?s).* at byte \\d+");
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 19_999);
  }

  /**
   * The edge asks so for its first look at a body: what it takes, the others must be able to read.
   */
  @Test
  void withoutAttributesItVisitsAndRefusesTheSame() {
    for (long seed = 0; seed < 3_000; seed++) {
      byte[] body = mutated(seed);
      assertThat(seen(TraceWalker.withoutAttributes(), body))
          .as("seed %d", seed)
          .isEqualTo(seen(new TraceWalker(), body));
    }
  }

  private static List<String> seen(TraceWalker walker, byte[] body) {
    List<String> seen = new ArrayList<>();
    try {
      walker.walk(body, span -> seen.add(span.index() + " " + span.traceId() + span.name()));
    } catch (MalformedOtlp e) {
      seen.add("malformed");
    }
    return seen;
  }

  @Test
  void refusesEveryTruncationThatProtobufRefuses() {
    byte[] body = new RandomTraces(4).request(3, 3, 5).toByteArray();
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThat(accepts(cut)).as("%d bytes", length).isEqualTo(protobufAccepts(cut));
    }
  }

  @Test
  void namesPathAndOffset() {
    // resource_spans { scope_spans { spans { name of 100 bytes, one there } } }
    assertMalformed(
        "0a 07 12 05 12 03 2a 64 61",
        "resource_spans.scope_spans.spans: name of 100 bytes runs past its message at byte 7");
    assertMalformed("0a ff", "varint cut short at byte 2");
    assertMalformed("00", "field number 0 at byte 0");
    assertMalformed("7f", "wire type 7 at byte 1");
    assertMalformed("7c", "end of a group that never began at byte 1");
    assertMalformed("7b 84 01", "end of another group at byte 3");
    assertMalformed(
        "0a ff ff ff ff ff ff ff ff ff 01",
        "resource_spans of 18446744073709551615 bytes runs past its message at byte 1");
    assertMalformed("0a ff ff ff ff ff ff ff ff ff ff", "varint over 10 bytes at byte 11");
  }

  @Test
  void boundsNestingAndLists() {
    byte[] groups = new byte[1 << 20];
    Arrays.fill(groups, (byte) 0x7b);
    assertThatThrownBy(() -> WalkedTraces.of(groups))
        .isInstanceOf(MalformedOtlp.class)
        .hasMessageContaining("nested deeper than 100");
    byte[] empty = attributes(AttributeReader.MAX_ENTRIES);
    assertThat(WalkedTraces.of(empty)).hasSize(1);
    assertThatThrownBy(() -> WalkedTraces.of(attributes(AttributeReader.MAX_ENTRIES + 1)))
        .isInstanceOf(MalformedOtlp.class)
        .hasMessageContaining("more than 16384 attributes");
  }

  @Test
  void allocatesNothingPerSpan() {
    byte[] body = new RandomTraces(7).request(200, 4, 40).toByteArray();
    TraceWalker walker = new TraceWalker();
    long[] spans = {0};
    SpanVisitor count = span -> spans[0]++;
    for (int i = 0; i < 50; i++) {
      walker.walk(body, count);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    spans[0] = 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 50; i++) {
      walker.walk(body, count);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(spans[0]).isGreaterThan(50_000);
    assertThat((double) allocated / spans[0]).as("bytes per span").isLessThan(0.1);
  }

  private static byte[] attributes(int count) {
    Span.Builder span = Span.newBuilder();
    for (int i = 0; i < count; i++) {
      span.addAttributesBuilder();
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
        .build()
        .toByteArray();
  }

  private static void assertMalformed(String hex, String message) {
    byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThatThrownBy(() -> WalkedTraces.of(body))
        .isInstanceOf(MalformedOtlp.class)
        .hasMessage(message);
  }

  private static boolean accepts(byte[] body) {
    try {
      WalkedTraces.of(body);
      return true;
    } catch (MalformedOtlp e) {
      return false;
    }
  }

  private static boolean protobufAccepts(byte[] body) {
    try {
      ExportTraceServiceRequest.parseFrom(body);
      return true;
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static byte[] mutated(long seed) {
    Random random = new Random(seed);
    byte[] body = new RandomTraces(seed % 50).request(3, 2, 3).toByteArray();
    for (int i = 1 + random.nextInt(4); i > 0 && body.length > 0; i--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    return random.nextBoolean() ? body : Arrays.copyOf(body, random.nextInt(body.length + 1));
  }

  private static List<WalkedTraces.Seen> oracle(ExportTraceServiceRequest request) {
    List<WalkedTraces.Seen> seen = new ArrayList<>();
    for (ResourceSpans resource : request.getResourceSpansList()) {
      String service = resource.hasResource() ? "s" : "";
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          seen.add(
              new WalkedTraces.Seen(
                  resource.getResource().getAttributesList(),
                  service,
                  scope.getScope().getName(),
                  seen.size(),
                  plain(span)));
        }
      }
    }
    return seen;
  }

  private static Span plain(Span span) {
    Span.Builder plain =
        span.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance()).clearFlags();
    if (span.getStatus().equals(Status.getDefaultInstance())) {
      plain.clearStatus();
    }
    return plain.build();
  }
}
