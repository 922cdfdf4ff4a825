// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.traces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class OwnTracesTest {

  private final CollectorRegistry registry = new CollectorRegistry();
  private final Sink sink = new Sink();
  private final OwnTraces traces = OwnTraces.to(sink, "0", registry);
  private final TracedWork work = new TracedWork(traces);

  /** The loop that must not be: a span of ours arrives, is stored, and makes another one. */
  @Test
  void ownTelemetryIsNeverTraced() {
    for (int i = 0; i < 20_000; i++) {
      assertThat(work.<Integer>export("nines", "traces", () -> 1)).isEqualTo(1);
      work.insert("spans", List.of(record("nines"), record("nines")), () -> {});
      work.insert("red_10s", List.of(record(null)), () -> {});
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void requestsAndInsertsOfOthersAreTracedNowAndThen() {
    for (int i = 0; i < 3_000; i++) {
      work.<Integer>export("default", "traces", () -> 1);
    }
    for (int i = 0; i < 30; i++) {
      work.insert("spans", List.of(record("nines"), record("default")), () -> {});
    }
    assertThat(names())
        .containsExactly(
            "otlp export",
            "otlp export",
            "otlp export",
            "insert spans",
            "insert spans",
            "insert spans");
  }

  @Test
  void everyAttemptToReachSomebodyIsTracedAndItsFailureShows() {
    assertThat(work.send("slack", () -> "sent", "sent"::equals)).isEqualTo("sent");
    assertThat(work.send("slack", () -> "away", "sent"::equals)).isEqualTo("away");
    assertThatThrownBy(() -> work.send("slack", OwnTracesTest::broken, "sent"::equals))
        .hasMessage("broken");
    names();
    assertThat(sink.spans)
        .extracting(span -> span.getStatus().getStatusCode())
        .containsExactly(StatusCode.UNSET, StatusCode.ERROR, StatusCode.ERROR);
  }

  @Test
  void aCollectorThatHangsCostsAtMostTheBound() {
    sink.answer = new CompletableResultCode();
    int ended = BoundedSpans.BOUND + 1_000;
    for (int i = 0; i < ended; i++) {
      work.send("slack", () -> "sent", "sent"::equals);
    }
    assertThat(outcome("dropped")).isEqualTo(1_000);
    sink.answer.fail();
  }

  @Test
  void withoutAnEndpointThereIsNothing() {
    TracedWork off = new TracedWork(OwnTraces.none());
    off.<Integer>export("default", "traces", () -> 1);
    assertThat(off.query(() -> 7)).isEqualTo(7);
    assertThat(names()).isEmpty();
  }

  private List<String> names() {
    traces.close();
    assertThat(outcome("exported")).isEqualTo(sink.spans.size());
    return sink.spans.stream().map(SpanData::getName).toList();
  }

  private double outcome(String outcome) {
    return registry.getSampleValue(
        "nines_traces_spans_total", new String[] {"outcome"}, new String[] {outcome});
  }

  private static String broken() {
    throw new IllegalStateException("broken");
  }

  private static ConsumerRecord<byte[], byte[]> record(String tenant) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[0]);
    if (tenant != null) {
      record.headers().add("tenant", tenant.getBytes(UTF_8));
    }
    return record;
  }

  /** A collector's stand-in. */
  private static final class Sink implements SpanExporter {

    final List<SpanData> spans = Collections.synchronizedList(new ArrayList<>());
    volatile CompletableResultCode answer = CompletableResultCode.ofSuccess();

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      spans.addAll(batch);
      return answer;
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
