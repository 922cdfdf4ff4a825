// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static dev.nines.extraction.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.SpanPredicate;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.Sampling;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.telemetry.TraceInterest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What extraction tells the sampler of a tenant that is sampled, and of none else. */
class InterestTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Instant NEXT_MINUTE = START.plusSeconds(60);

  @TempDir Path state;

  @Test
  void tracesThatFailedOrAreBadOrRareAreTold() {
    try (Bench bench = new Bench(state, Set.of(Traffic.TENANT))) {
      bench.objectives.add(
          Traffic.generation(
              1,
              START.minusSeconds(86_400),
              Traffic.slo(
                  "slow", 0, "checkout", new SpanPredicate.Slower(Duration.ofMillis(100)))));
      // The first two of an operation in a minute are rare.
      send(bench, START, span(1, "pay"), span(2, "pay"), span(3, "pay"), span(4, "pay"));
      bench.pass(SECOND);
      assertThat(traces(bench)).containsExactly(1L, 2L);

      Span slow = traced(5, Traffic.span("pay", START, Duration.ofSeconds(1), false));
      Span failed = traced(6, Traffic.span("pay", START, true));
      send(bench, START, slow, failed, span(7, "pay"), span(8, "refund"));
      bench.pass(SECOND);
      assertThat(traces(bench)).containsExactly(5L, 6L, 8L);

      send(bench, NEXT_MINUTE, span(9, "pay"));
      bench.pass(SECOND);
      assertThat(traces(bench)).containsExactly(9L);
    }
  }

  @Test
  void spansOfAWindowAreCounted() {
    try (Bench bench = new Bench(state, Set.of(Traffic.TENANT))) {
      send(bench, START.plusSeconds(9), span(1, "a"), span(2, "b"));
      send(bench, START.plusSeconds(9), span(3, "a"));
      send(bench, START.plusSeconds(10), span(4, "a"));
      bench.pass(SECOND);
      assertThat(bench.interests())
          .extracting(TraceInterest::window, TraceInterest::spans)
          .containsExactly(tuple(START, 2L), tuple(START, 1L), tuple(START.plusSeconds(10), 1L));
    }
  }

  @Test
  void overTwoHundredASecondNoTraceIsTold() {
    try (Bench bench = new Bench(state, Set.of(Traffic.TENANT))) {
      send(
          bench,
          START,
          IntStream.range(0, 300)
              .mapToObj(i -> traced(i, Traffic.span("pay", START, true)))
              .toArray(Span[]::new));
      bench.pass(SECOND);
      TraceInterest told = bench.interests().getFirst();
      assertThat(told.spans()).isEqualTo(300);
      assertThat(told.traces()).hasSize(200);
      assertThat(bench.registry.getSampleValue("nines_extraction_interests_refused_total"))
          .isEqualTo(100);
    }
  }

  @Test
  void overFiveThousandOperationsAMinuteNoFurtherOneIsRare() {
    try (Bench bench = new Bench(state, Set.of(Traffic.TENANT))) {
      for (int second = 0; second < 51; second++) {
        int first = second * 100;
        Stream<Span> spans = IntStream.range(first, first + 100).mapToObj(i -> span(i, "op " + i));
        send(bench, START.plusSeconds(second), spans.toArray(Span[]::new));
      }
      bench.pass(SECOND);
      assertThat(traces(bench)).hasSize(50 * 50).contains(4_900L).allMatch(id -> id < 5_000);
      assertThat(bench.registry.getSampleValue("nines_extraction_spans_never_rare_total"))
          .isEqualTo(100);
    }
  }

  /** Each operation is new, and none takes the room of a failure. */
  @Test
  void rareTracesLeaveRoomForFailedOnes() {
    try (Bench bench = new Bench(state, Set.of(Traffic.TENANT))) {
      send(
          bench,
          START,
          IntStream.range(0, 300).mapToObj(i -> span(i, "op " + i)).toArray(Span[]::new));
      send(bench, START, traced(1_000, Traffic.span("pay", START, true)));
      send(bench, START, traced(1_000, Traffic.span("pay", START, true)), span(0, "op 0"));
      assertThat(traces(bench)).hasSize(51).contains(1_000L).doesNotHaveDuplicates();
    }
  }

  /** A region that catches up hours behind has its own seconds. */
  @Test
  void aRegionThatIsBehindHasRoomOfItsOwn() {
    try (Bench bench = new Bench(state, Set.of(Traffic.TENANT))) {
      Span failed = Traffic.span("pay", START, true);
      Envelope now = batch(IntStream.range(0, 250).mapToObj(i -> traced(i, failed)));
      bench.send("us", now, START.plusSeconds(7_200));
      bench.send("eu", batch(IntStream.range(500, 750).mapToObj(i -> traced(i, failed))), START);
      bench.send(
          "eu",
          batch(IntStream.range(750, 800).mapToObj(i -> traced(i, failed))),
          START.plusSeconds(1));
      assertThat(traces(bench)).hasSize(450);
    }
  }

  private static Envelope batch(Stream<Span> spans) {
    Span[] all = spans.toArray(Span[]::new);
    return Traffic.envelope(Traffic.body("checkout", all), all.length);
  }

  /** Counting is the same for both. */
  @Test
  void onlyBatchesOfTheSampledTenantWaitForTheSampler() {
    for (boolean sampled : List.of(true, false)) {
      Set<String> tenants = Set.of(sampled ? Traffic.TENANT : "another");
      try (Bench bench = new Bench(state.resolve("s" + sampled), tenants)) {
        bench.objectives.add(
            Traffic.generation(
                1,
                START.minusSeconds(86_400),
                Traffic.slo("ok", 0, "checkout", new SpanPredicate.StatusError())));
        send(bench, START, span(1, "pay"), span(2, "pay"));
        bench.pass(SECOND);
        TestRecord<byte[], byte[]> accepted =
            bench.records(TelemetryTopics.accepted("eu")).getFirst();
        assertThat(accepted.headers().lastHeader(Sampling.PENDING) != null).isEqualTo(sampled);
        assertThat(bench.interests()).hasSize(sampled ? 1 : 0);
        Counts counts = (Counts) bench.counts().getFirst();
        assertThat(counts.cells().getFirst().total()).isEqualTo(2);
      }
    }
  }

  private static void send(Bench bench, Instant at, Span... spans) {
    bench.send("eu", Traffic.envelope(Traffic.body("checkout", spans), spans.length), at);
  }

  private static Span span(int trace, String operation) {
    return traced(trace, Traffic.span(operation, START, false));
  }

  private static Span traced(int trace, Span span) {
    byte[] id = ByteBuffer.allocate(16).putLong(8, trace).array();
    return span.toBuilder().setTraceId(ByteString.copyFrom(id)).build();
  }

  private static List<Long> traces(Bench bench) {
    return bench.interests().stream()
        .flatMap(told -> told.traces().stream())
        .map(trace -> Long.parseLong(trace, 16))
        .toList();
  }
}
