// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchCutTest {

  private static final int KIB = 1 << 10;

  @Test
  void soundBodyOfUsualSizeStaysAsItIs() {
    byte[] body = new RandomTraces(1).request(3, 3, 5).toByteArray();
    BatchCut.Cut cut = new BatchCut(Signal.TRACES).cut(body, bytes -> {});
    assertThat(cut.parts()).hasSize(1);
    assertThat(cut.parts().getFirst().body()).isSameAs(body);
    assertThat(cut.acceptedItems()).isEqualTo(WalkedTraces.of(body).size());
    assertThat(cut.rejected()).isEmpty();
  }

  @Test
  void emptyBodyHasNoParts() {
    assertThat(new BatchCut(Signal.TRACES).cut(new byte[0], bytes -> {}).parts()).isEmpty();
  }

  @Test
  void partsOfLargeBodiesAreTogetherTheOriginal() throws Exception {
    for (long seed = 0; seed < 12; seed++) {
      byte[] body = large(seed).toByteArray();
      BatchCut.Cut cut = new BatchCut(Signal.TRACES).cut(body, bytes -> {});
      List<Placed> together = new ArrayList<>();
      for (BatchPart part : cut.parts()) {
        byte[] partBody = part.body();
        assertThat(partBody.length).as("seed %d", seed).isBetween(1, BatchCut.MAX_BYTES);
        List<Placed> spans = placed(ExportTraceServiceRequest.parseFrom(partBody));
        assertThat(spans).as("seed %d", seed).hasSize(part.items());
        together.addAll(spans);
      }
      assertThat(together)
          .as("seed %d", seed)
          .isEqualTo(placed(ExportTraceServiceRequest.parseFrom(body)));
      assertThat(bodies(new BatchCut(Signal.TRACES).cut(body, bytes -> {}))).isEqualTo(bodies(cut));
    }
  }

  @Test
  void rejectsSpansWithBadIdsAndKeepsTheRest() throws Exception {
    Span good = span(1).build();
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .setResource(Resource.newBuilder().setDroppedAttributesCount(3))
        .addScopeSpansBuilder()
        .addSpans(span(1).setTraceId(ByteString.copyFrom(new byte[16])))
        .addSpans(good)
        .addSpans(span(1).setSpanId(ByteString.copyFrom(new byte[7])))
        .addSpans(span(1).clearTraceId());
    request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(span(1).clearSpanId());
    BatchCut.Cut cut = new BatchCut(Signal.TRACES).cut(request.build().toByteArray(), bytes -> {});
    assertThat(cut.rejected()).isEqualTo(Map.of(Defect.TRACE_ID, 2, Defect.SPAN_ID, 2));
    assertThat(cut.rejectedItems()).isEqualTo(4);
    assertThat(cut.parts()).hasSize(1);
    List<Placed> left = placed(ExportTraceServiceRequest.parseFrom(cut.parts().getFirst().body()));
    assertThat(left).hasSize(1);
    assertThat(left.getFirst().span()).isEqualTo(good);
    assertThat(left.getFirst().resource().getDroppedAttributesCount()).isEqualTo(3);
  }

  @Test
  void rejectsOnlyTheSpanThatFitsIntoNoPart() {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .addScopeSpansBuilder()
        .addSpans(span(10))
        .addSpans(span(901 * KIB))
        .addSpans(span(899 * KIB));
    BatchCut.Cut cut = new BatchCut(Signal.TRACES).cut(request.build().toByteArray(), bytes -> {});
    assertThat(cut.rejected()).isEqualTo(Map.of(Defect.TOO_LARGE, 1));
    assertThat(cut.acceptedItems()).isEqualTo(2);
  }

  @Test
  void boundsWhatPartsRepeat() {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    ResourceSpans.Builder spans = request.addResourceSpansBuilder();
    spans.getResourceBuilder().addAttributes(KeyValue.newBuilder().setKey("k".repeat(300 * KIB)));
    ScopeSpans.Builder scope = spans.addScopeSpansBuilder();
    for (int i = 0; i < 100; i++) {
      scope.addSpans(span(100 * KIB));
    }
    BatchCut.Cut cut = new BatchCut(Signal.TRACES).cut(request.build().toByteArray(), bytes -> {});
    assertThat(cut.rejected()).isEqualTo(Map.of(Defect.TOO_LARGE, 100));
  }

  @Test
  void mutatedBodiesAreCutOrMalformed() {
    byte[] sound = large(3).toByteArray();
    int malformed = 0;
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      byte[] body = sound.clone();
      body[random.nextInt(seed % 2 == 0 ? 200 : body.length)] = (byte) random.nextInt(256);
      try {
        for (BatchPart part : new BatchCut(Signal.TRACES).cut(body, bytes -> {}).parts()) {
          int[] spans = {0};
          new TraceWalker().walk(part.body(), span -> spans[0]++);
          assertThat(spans[0]).as("seed %d", seed).isEqualTo(part.items());
        }
      } catch (MalformedOtlp e) {
        malformed++;
      }
    }
    assertThat(malformed).isPositive();
    assertThatThrownBy(() -> new BatchCut(Signal.TRACES).cut(new byte[] {10, 5}, bytes -> {}))
        .isInstanceOf(MalformedOtlp.class);
  }

  /** A span with all that it stands under. */
  private record Placed(
      Resource resource, String schema, InstrumentationScope scope, String inner, Span span) {}

  private static List<Placed> placed(ExportTraceServiceRequest request) {
    List<Placed> spans = new ArrayList<>();
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          spans.add(
              new Placed(
                  resource.getResource(),
                  resource.getSchemaUrl(),
                  scope.getScope(),
                  scope.getSchemaUrl(),
                  span));
        }
      }
    }
    return spans;
  }

  private static List<String> bodies(BatchCut.Cut cut) {
    return cut.parts().stream()
        .map(part -> BatchIdentity.of("t", "traces", part.body()).toString())
        .toList();
  }

  private static ExportTraceServiceRequest large(long seed) {
    Random random = new Random(seed);
    ExportTraceServiceRequest.Builder request =
        new RandomTraces(seed).request(60, 4, 40).toBuilder();
    for (ResourceSpans.Builder resource : request.getResourceSpansBuilderList()) {
      for (ScopeSpans.Builder scope : resource.getScopeSpansBuilderList()) {
        scope.addSpans(span(random.nextInt(60 * KIB)));
      }
    }
    return request.build();
  }

  private static Span.Builder span(int nameBytes) {
    return Span.newBuilder()
        .setTraceId(
            ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}))
        .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 9}))
        .setName("n".repeat(nameBytes));
  }
}
