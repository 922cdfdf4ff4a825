// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BodyTest {

  private static final ExportTraceServiceRequest BATCH = SpanBatch.of(1);

  @ParameterizedTest
  @EnumSource
  void whatIsSentIsTheBatchUnderANameOfItsOwn(Encoding encoding) throws IOException {
    Body body = new Body(BATCH.toByteArray(), encoding);
    for (long number : new long[] {1, 0x7fff_0000_0000_0002L, 3}) {
      assertThat(ExportTraceServiceRequest.parseFrom(plain(encoding, body.named(number))))
          .isEqualTo(named("%016x".formatted(number)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void noTwoBodiesAreTheSame(Encoding encoding) {
    Body body = new Body(BATCH.toByteArray(), encoding);
    byte[] first = body.named(1);
    assertThat(body.named(2)).isNotEqualTo(first).hasSameSizeAs(first);
    assertThat(body.named(1)).isEqualTo(first);
  }

  @Test
  void gzipSavesWhatAClientsGzipWould() {
    byte[] plain = BATCH.toByteArray();
    assertThat(new Body(plain, Encoding.GZIP).named(1).length)
        .isBetween(plain.length / 10, plain.length / 4);
  }

  @Test
  void theShapeIsThatOfThePublishedDataSet() {
    List<Span> spans = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      spans.addAll(spans(SpanBatch.of(seed)));
    }
    assertThat(spans)
        .hasSize(20 * SpanBatch.SPANS)
        .allMatch(span -> span.getAttributesCount() == 11);
    assertThat(spans).allMatch(span -> keys(span).size() == 11);
    Set<String> all = new HashSet<>();
    spans.forEach(span -> all.addAll(keys(span)));
    assertThat(all).hasSize(97);
    Map<?, Long> sizes =
        spans(BATCH).stream()
            .collect(Collectors.groupingBy(Span::getTraceId, Collectors.counting()));
    assertThat(sizes.values()).hasSize(52).filteredOn(size -> size == 10).hasSize(51);
    assertThat(BATCH.getResourceSpansCount()).isEqualTo(10);
  }

  private static ExportTraceServiceRequest named(String name) {
    ExportTraceServiceRequest.Builder batch = BATCH.toBuilder();
    batch
        .getResourceSpansBuilder(0)
        .getResourceBuilder()
        .getAttributesBuilder(1)
        .getValueBuilder()
        .setStringValue(name);
    return batch.build();
  }

  private static byte[] plain(Encoding encoding, byte[] sent) throws IOException {
    return switch (encoding) {
      case PLAIN -> sent;
      case GZIP -> new GZIPInputStream(new ByteArrayInputStream(sent)).readAllBytes();
    };
  }

  private static List<Span> spans(ExportTraceServiceRequest batch) {
    return batch.getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  private static Set<String> keys(Span span) {
    return span.getAttributesList().stream().map(KeyValue::getKey).collect(Collectors.toSet());
  }
}
