// SPDX-License-Identifier: Apache-2.0
package dev.nines.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.nines.telemetry.OtelTraceState;
import dev.nines.telemetry.Slice;
import dev.nines.telemetry.TraceInterest;
import io.opentelemetry.proto.trace.v1.Span;
import io.prometheus.client.Counter;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DecisionTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(10);
  private static final int TRACES = 20_000;

  private final Volumes volumes =
      new Volumes(Map.of("acme", 100L), Counter.build("unknown", "x").create());
  private final Interests interests = new Interests(3, Counter.build("forgotten", "x").create());
  private final Decision decision = new Decision(volumes, interests);

  @Test
  void adjustedCountsAddUpToWhatThereWas() {
    told(NOON, 8_000);
    List<Span> kept = kept(NOON, Spans.request(1, TRACES, ""));
    assertThat(kept.size()).isCloseTo(TRACES / 8, Percentage.withPercentage(5));
    double sum = kept.stream().mapToDouble(DecisionTest::adjusted).sum();
    assertThat(sum).isCloseTo(TRACES, Percentage.withPercentage(5));
  }

  @Test
  void aTraceIsKeptWholeByEveryBatchAndWindow() {
    told(NOON, 8_000);
    told(LATER, 3_000);
    Set<ByteString> eighth = traces(kept(NOON, Spans.request(1, TRACES, "")));
    Set<ByteString> quarter = traces(kept(LATER, Spans.request(1, TRACES, "a=1")));
    assertThat(traces(kept(NOON, Spans.request(1, TRACES, "")))).isEqualTo(eighth);
    assertThat(quarter).containsAll(eighth).hasSizeGreaterThan(eighth.size());
  }

  @Test
  void aTraceOfInterestIsKeptAndStandsForItself() {
    told(NOON, 1_000_000_000);
    interests.add(Spans.traceId(2, 17));
    Decision.Decided decided = decision.decide("acme", NOON, Spans.request(2, 100, ""));
    assertThat(decided.interesting()).isEqualTo(1);
    assertThat(decided.selected().leftOut()).isEqualTo(99);
    Span span = Spans.of(decided.selected().body()).getFirst();
    assertThat(span.getTraceId().toByteArray()).isEqualTo(Spans.traceId(2, 17));
    assertThat(adjusted(span)).isEqualTo(1);
  }

  @Test
  void whatWasSampledBeforeKeepsTheStricterThreshold() {
    told(NOON, 8_000);
    assertThat(kept(NOON, Spans.request(3, 10, "ot=th:f8;rv:f9000000000000")))
        .hasSize(10)
        .allSatisfy(span -> assertThat(adjusted(span)).isEqualTo(32));
    assertThat(kept(NOON, Spans.request(3, 10, "ot=th:8;rv:f9000000000000")))
        .hasSize(10)
        .allSatisfy(span -> assertThat(adjusted(span)).isEqualTo(8));
  }

  /** Its trace would not have been kept by it: it says nothing of how many there were. */
  @Test
  void aThresholdThatIsNotConsistentSaysNothing() {
    told(NOON, 8_000);
    assertThat(kept(NOON, Spans.request(3, 10, "ot=th:f8;rv:e9000000000000")))
        .hasSize(10)
        .allSatisfy(span -> assertThat(adjusted(span)).isEqualTo(8));
  }

  /** Explicit randomness is the trace's, whatever its id. */
  @Test
  void explicitRandomnessDecides() {
    told(NOON, 8_000);
    assertThat(kept(NOON, Spans.request(4, 50, "ot=rv:00000000000000"))).isEmpty();
    assertThat(kept(NOON, Spans.request(4, 50, "ot=rv:ffffffffffffff"))).hasSize(50);
  }

  @Test
  void overTheBoundTheOldestInterestIsForgotten() {
    told(NOON, 1_000_000_000);
    for (int trace = 0; trace < 4; trace++) {
      interests.add(Spans.traceId(5, trace));
      interests.add(Spans.traceId(5, trace));
    }
    assertThat(interests.size()).isEqualTo(3);
    Set<ByteString> kept = traces(kept(NOON, Spans.request(5, 4, "")));
    assertThat(kept).hasSize(3).doesNotContain(ByteString.copyFrom(Spans.traceId(5, 0)));
  }

  private void told(Instant window, long spans) {
    volumes.add(new TraceInterest("acme", window, spans, List.of()));
  }

  private List<Span> kept(Instant window, byte[] request) {
    return Spans.of(decision.decide("acme", window, request).selected().body());
  }

  private static Set<ByteString> traces(List<Span> spans) {
    return spans.stream().map(Span::getTraceId).collect(Collectors.toCollection(HashSet::new));
  }

  private static double adjusted(Span span) {
    byte[] id = span.getTraceId().toByteArray();
    Slice slice = new Slice();
    slice.set(id, 0, id.length);
    return OtelTraceState.parse(span.getTraceState()).threshold(slice).adjustedCount();
  }
}
