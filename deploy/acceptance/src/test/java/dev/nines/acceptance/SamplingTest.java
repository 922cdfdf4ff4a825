// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.nines.demo.stage.Store;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tenant sends more than is stored of it: counts are of everything, each trace is whole or not
 * there, what failed is there, and no span is unaccounted for, over a SIGKILL of the server.
 */
@ExtendWith(OneUp.Away.class)
class SamplingTest {

  private static final int BATCHES = 60;
  private static final int TRACES_PER_BATCH = 50;
  private static final int SPANS_PER_TRACE = 2;
  private static final long SPANS = (long) BATCHES * TRACES_PER_BATCH * SPANS_PER_TRACE;

  private final Random random = new Random(5);

  @Test
  void whatIsStoredStandsForWhatWasSent(@TempDir Path folder) throws IOException {
    try (Up up =
        Up.start(
            folder,
            "nines.sampling.tenants.default.spans-per-second=20",
            "nines.sampling.behind=4s")) {
      for (int batch = 0; batch < BATCHES; batch++) {
        if (batch == BATCHES / 2) {
          up.platform().kill("server");
        }
        send(up, batch());
      }
      Store store = new Store(up.platform().store());
      await().atMost(120, SECONDS).untilAsserted(() -> checkAccount(up.account()));

      assertThat(number(store, "SELECT sum(count) FROM red_10s WHERE tenant = 'default'"))
          .isEqualTo(SPANS);
      long stored = number(store, "SELECT count() FROM spans WHERE tenant = 'default'");
      assertThat(stored).isLessThan(SPANS / 2).isGreaterThan(0);
      assertThat(number(store, "SELECT sum(adjusted_count) FROM spans WHERE tenant = 'default'"))
          .isCloseTo(SPANS, Percentage.withPercentage(35));
      assertThat(
              number(
                  store,
                  "SELECT count() FROM (SELECT trace_id FROM spans WHERE tenant = 'default'"
                      + " AND adjusted_count > 1 GROUP BY trace_id HAVING count() != 2)"))
          .as("half of a trace")
          .isZero();
      assertThat(number(store, "SELECT count() FROM spans WHERE status = 'error'"))
          .as("one trace of each batch failed")
          .isEqualTo(BATCHES);
    }
  }

  private static void checkAccount(JsonNode account) {
    assertThat(account.path("accepted").asLong()).isEqualTo(SPANS);
    assertThat(account.path("stored").asLong() + account.path("sampledOut").asLong())
        .isEqualTo(SPANS);
    assertThat(account.path("inFlight").asLong(-1)).isZero();
    assertThat(account.path("residual").asLong(-1)).isZero();
    assertThat(account.path("duplicates").asLong(-1)).isZero();
  }

  /** Again until it is acknowledged: the collector is away for some seconds. */
  private static void send(Up up, byte[] batch) {
    await()
        .atMost(60, SECONDS)
        .ignoreExceptions()
        .until(() -> up.otlp().http(batch, Optional.empty()).statusCode() == 200);
  }

  private static long number(Store store, String sql) throws IOException {
    return Math.round(Double.parseDouble(store.query(sql).getFirst().getFirst()));
  }

  /** The first trace of it failed. */
  private byte[] batch() {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int trace = 0; trace < TRACES_PER_BATCH; trace++) {
      ByteString id = id(16);
      for (int span = 0; span < SPANS_PER_TRACE; span++) {
        scope.addSpans(span(id, trace == 0 && span == 0));
      }
    }
    var service =
        KeyValue.newBuilder()
            .setKey("service.name")
            .setValue(AnyValue.newBuilder().setStringValue("sampled"));
    ResourceSpans.Builder spans = ResourceSpans.newBuilder().addScopeSpans(scope);
    spans.getResourceBuilder().addAllAttributes(List.of(service.build()));
    return ExportTraceServiceRequest.newBuilder().addResourceSpans(spans).build().toByteArray();
  }

  private Span.Builder span(ByteString trace, boolean failed) {
    Instant now = Instant.now();
    long end = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return Span.newBuilder()
        .setTraceId(trace)
        .setSpanId(id(8))
        .setName("GET /sampled")
        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
        .setStartTimeUnixNano(end - 5_000_000)
        .setEndTimeUnixNano(end)
        .setStatus(
            Status.newBuilder()
                .setCode(
                    failed
                        ? Status.StatusCode.STATUS_CODE_ERROR
                        : Status.StatusCode.STATUS_CODE_OK));
  }

  private ByteString id(int bytes) {
    byte[] id = new byte[bytes];
    random.nextBytes(id);
    return ByteString.copyFrom(ByteBuffer.wrap(id));
  }
}
