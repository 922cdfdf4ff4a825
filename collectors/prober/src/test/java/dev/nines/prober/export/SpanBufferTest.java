// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.prober.ProberMetrics;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Spans are one letter each, a request is its letters. */
class SpanBufferTest {

  private final CollectorRegistry registry = new CollectorRegistry();
  private final SpanBuffer buffer =
      new SpanBuffer(6, 3, SpanBufferTest::join, new ProberMetrics(registry));

  @Test
  void theOldestGoFirstAndABatchKeepsItsBytes() {
    add("abcde");
    assertThat(begin()).isEqualTo("abc");
    buffer.keep();
    assertThat(begin()).isEqualTo("abc");
    buffer.settle();
    assertThat(begin()).isEqualTo("de");
    buffer.settle();
    assertThat(buffer.begin()).isNull();
    assertThat(buffer.spans()).isZero();
    assertThat(overflow()).isZero();
  }

  @Test
  void atTheBoundTheOldestAreDropped() {
    add("abcdefgh");
    assertThat(overflow()).isEqualTo(2);
    assertThat(begin()).isEqualTo("cde");
  }

  @Test
  void aBatchThatIsNotOnItsWayIsOlderThanAllOthers() {
    add("abcdef");
    begin();
    buffer.keep();
    add("g");
    assertThat(overflow()).isEqualTo(3);
    assertThat(begin()).isEqualTo("def");
  }

  @Test
  void aBatchOnItsWayIsLeftToItsFateAndDroppedWhenItComesBack() {
    add("abcdef");
    begin();
    add("gh");
    assertThat(overflow()).isEqualTo(2); // d and e, while abc may be acknowledged yet
    add("ijk");
    assertThat(overflow()).isEqualTo(5);
    buffer.settle();
    assertThat(begin()).isEqualTo("ijk");
    assertThat(buffer.spans()).isEqualTo(3);
  }

  private void add(String letters) {
    for (int i = 0; i < letters.length(); i++) {
      buffer.add(letters.substring(i, i + 1).getBytes(UTF_8));
    }
  }

  private String begin() {
    Batch batch = buffer.begin();
    return batch == null ? "" : new String(batch.body(), UTF_8);
  }

  private static byte[] join(List<byte[]> spans) {
    return spans.stream()
        .map(span -> new String(span, UTF_8))
        .collect(Collectors.joining())
        .getBytes(UTF_8);
  }

  private double overflow() {
    Double value =
        registry.getSampleValue(
            "nines_prober_spans_total", new String[] {"outcome"}, new String[] {"overflow"});
    return value == null ? 0 : value;
  }
}
