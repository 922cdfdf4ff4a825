// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.nines.embedded.KafkaProcess;
import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.AccountingEntry.Heading;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics beside traces, JSON beside protobuf, zstd beside gzip. */
class SignalsTest {

  private static final String METRICS = "metrics.v1.MetricsService";

  @TempDir static Path folder;
  private static KafkaProcess kafka;
  private static Edge edge;
  private static Records records;

  @BeforeAll
  static void start() {
    kafka = KafkaProcess.start(folder);
    records = new Records(kafka.bootstrapServers());
    edge = edge("eu");
  }

  @AfterAll
  static void stop() {
    edge.close();
    kafka.close();
  }

  @Test
  void metricsAreStoredByBothProtocols() throws Exception {
    byte[] http = Bodies.gauges("by-http", 1, 2);
    byte[] grpc = Bodies.gauges("by-grpc", 3);
    assertThat(edge.post(metrics(), BodyPublishers.ofByteArray(http)).statusCode()).isEqualTo(200);
    assertThat(edge.export(METRICS, grpc, Optional.of(Edge.TOKEN), Optional.empty())).isEmpty();
    for (byte[] sent : List.of(http, grpc)) {
      Envelope stored = stored("eu", sent, Envelope.METRICS);
      assertThat(stored.signal()).isEqualTo("metrics");
      assertThat(stored.body()).isEqualTo(sent);
      assertThat(stored.items()).isEqualTo(sent == http ? 2 : 1);
    }
  }

  @Test
  void defectivePointsArePartialSuccessInTheFormOfTheRequest() throws Exception {
    byte[] body = Bodies.gauges("", 1, 2);
    HttpResponse<byte[]> answer = edge.post(metrics(), BodyPublishers.ofByteArray(body));
    var partial = ExportMetricsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
    assertThat(partial.getRejectedDataPoints()).isEqualTo(2);
    assertThat(partial.getErrorMessage())
        .isEqualTo("2 data points rejected: the metric has no name");
    HttpResponse<byte[]> json =
        edge.post(
            json("/v1/metrics"),
            BodyPublishers.ofString(
                """
                {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"json-half","gauge":
                {"dataPoints":[{"timeUnixNano":"1"},{"timeUnixNano":"1","asInt":"4"}]}}]}]}]}
                """));
    assertThat(new String(json.body(), UTF_8))
        .isEqualTo(
            "{\"partialSuccess\":{\"rejectedDataPoints\":\"1\",\"errorMessage\":"
                + "\"1 data points rejected: there is no value, and no flag that says so\"}}");
  }

  @Test
  void aBatchOfMetricsOverARecordIsCut() throws Exception {
    byte[] large = Bodies.gauges("large" + "x".repeat(2_000), new long[120_000]);
    assertThat(edge.post(metrics(), BodyPublishers.ofByteArray(large)).statusCode()).isEqualTo(200);
    BatchIdentity identity = BatchIdentity.of(Edge.TENANT, Envelope.METRICS, large);
    List<Envelope> parts =
        records.envelopes("eu").stream().filter(e -> e.identity().equals(identity)).toList();
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(parts).extracting(Envelope::parts).containsOnly(parts.size());
    assertThat(parts.stream().mapToInt(Envelope::items).sum()).isEqualTo(120_000);
  }

  @Test
  void everySignalHasItsAccount() {
    try (Edge own = edge("accounts")) {
      own.export(METRICS, Bodies.gauges("a", 1, 2, 3), Optional.of(Edge.TOKEN), Optional.empty());
      own.export(METRICS, Bodies.gauges("", 1), Optional.of(Edge.TOKEN), Optional.empty());
      own.export(Bodies.spans("b", "c"));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> {
                assertThat(items("accounts", "metrics", Heading.OFFERED)).isEqualTo(4);
                assertThat(items("accounts", "metrics", Heading.REJECTED)).isEqualTo(1);
                assertThat(items("accounts", "traces", Heading.OFFERED)).isEqualTo(2);
              });
      assertThat(
              own.metric(
                  "nines_ingest_items_total",
                  "region",
                  "accounts",
                  "signal",
                  "metrics",
                  "outcome",
                  "stored"))
          .isEqualTo(3);
    }
  }

  @Test
  void jsonIsStoredAsProtobufUnderTheIdentityOfWhatWasSent() throws Exception {
    String text =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"from-json",
        "traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174"}]}]}]}
        """;
    HttpResponse<byte[]> answer =
        edge.post(
            json("/v1/traces").header("Content-Encoding", "zstd"),
            BodyPublishers.ofByteArray(Zstd.compress(text.getBytes(UTF_8))));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("{}");
    Envelope stored = stored("eu", text.getBytes(UTF_8), Envelope.TRACES);
    assertThat(
            ExportTraceServiceRequest.parseFrom(stored.body())
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpans(0)
                .getName())
        .isEqualTo("from-json");
  }

  @Test
  void badJsonIsRefusedInJson() throws Exception {
    HttpResponse<byte[]> answer =
        edge.post(json("/v1/metrics"), BodyPublishers.ofString("{\"resourceMetrics\":\"\\\"\"}"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(new String(answer.body(), UTF_8))
        .isEqualTo(
            "{\"code\":3,\"message\":\"not OTLP/JSON: /resourceMetrics: is not an array"
                + " at line 1, column 20\",\"details\":[{\"@type\":"
                + "\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"description\":"
                + "\"not OTLP/JSON: /resourceMetrics: is not an array at line 1, column 20\"}]}]}");
  }

  @Test
  void takesZstdUnderTheSameLimit() throws Exception {
    byte[] sound = Bodies.gauges("by-zstd", 1);
    assertThat(post(metrics().header("Content-Encoding", "zstd"), Zstd.compress(sound)))
        .isEqualTo(200);
    assertThat(stored("eu", sound, Envelope.METRICS).items()).isEqualTo(1);
    byte[] grpc = Bodies.gauges("by-grpc-zstd", 1);
    CompressorRegistry.getDefaultInstance().register(new ZstdCompressor());
    assertThat(edge.export(METRICS, grpc, Optional.of(Edge.TOKEN), Optional.of("zstd"))).isEmpty();
    assertThat(stored("eu", grpc, Envelope.METRICS).items()).isEqualTo(1);
    byte[] bomb = Zstd.compress(new byte[65 << 20]);
    assertThat(bomb.length).isLessThan(100_000);
    assertThat(post(metrics().header("Content-Encoding", "zstd"), bomb)).isEqualTo(413);
    assertThat(post(metrics().header("Content-Encoding", "zstd"), new byte[] {1, 2, 3, 4, 5}))
        .isEqualTo(400);
    byte[] cut = Arrays.copyOf(Zstd.compress(sound), 20);
    assertThat(post(metrics().header("Content-Encoding", "zstd"), cut)).isEqualTo(400);
    await().untilAsserted(() -> assertThat(edge.host.inFlight.held()).isZero());
  }

  /** A client must not send them again, and is told why; each of them is in the account. */
  @Test
  void logsAreRejectedByPartialSuccess() throws Exception {
    byte[] logs = logs(3);
    try (Edge own = edge("logs")) {
      byte[] grpc =
          own.export("logs.v1.LogsService", logs, Optional.of(Edge.TOKEN), Optional.empty());
      HttpResponse<byte[]> http =
          own.post(token(own.request("/v1/logs")), BodyPublishers.ofByteArray(logs));
      assertThat(http.statusCode()).isEqualTo(200);
      for (byte[] answer : List.of(grpc, http.body())) {
        var partial = ExportLogsServiceResponse.parseFrom(answer).getPartialSuccess();
        assertThat(partial.getRejectedLogRecords()).isEqualTo(3);
        assertThat(partial.getErrorMessage())
            .isEqualTo("3 log records rejected: Nines stores traces and metrics, no logs");
      }
      HttpResponse<byte[]> json =
          own.post(
              token(own.request("/v1/logs")).setHeader("Content-Type", "application/json"),
              BodyPublishers.ofString(
                  """
                  {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"a"}}]}]}]}
                  """));
      assertThat(new String(json.body(), UTF_8))
          .startsWith("{\"partialSuccess\":{\"rejectedLogRecords\":\"1\"");
      assertThat(post(token(own.request("/v1/logs")), new byte[] {10, 50, 1})).isEqualTo(400);
      assertThat(post(own.request("/v1/logs"), logs)).isEqualTo(401);
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> {
                assertThat(items("logs", "logs", Heading.OFFERED)).isEqualTo(7);
                assertThat(items("logs", "logs", Heading.REJECTED)).isEqualTo(7);
              });
      assertThat(records.envelopes("logs")).isEmpty();
    }
  }

  private static byte[] logs(int count) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (int i = 0; i < count; i++) {
      scope.addLogRecordsBuilder().getBodyBuilder().setStringValue("line " + i);
    }
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    request.addResourceLogsBuilder().addScopeLogs(scope);
    return request.build().toByteArray();
  }

  /** The SDK's own protobuf form is the oracle of our reading of its JSON. */
  @Test
  void theJavaScriptSdkSaysTheSameInBothEncodings() throws Exception {
    try (Edge own = edge("js")) {
      String said =
          new JavaScriptSdk().send("http://127.0.0.1:" + own.collector.httpPort(), Edge.TOKEN);
      assertThat(said).isEqualTo("2 spans, 5 metrics");
    }
    List<ScopeSpans> traces = bodies(Envelope.TRACES).stream().map(SignalsTest::spans).toList();
    assertThat(traces).hasSize(2);
    assertThat(traces.get(0)).isEqualTo(traces.get(1));
    Span pay = traces.getFirst().getSpans(1);
    assertThat(pay.getName()).isEqualTo("pay");
    assertThat(pay.getStartTimeUnixNano()).isEqualTo(1_700_000_000_123_456_789L);
    assertThat(pay.getAttributes(0).getValue().getStringValue()).isEqualTo("é漢😀\"\\\n");
    assertThat(pay.getAttributes(2).getValue().getIntValue()).isEqualTo(-7);
    assertThat(traces.getFirst().getSpans(0).getParentSpanId()).isEqualTo(pay.getSpanId());

    List<ScopeMetrics> metrics =
        bodies(Envelope.METRICS).stream().map(SignalsTest::metrics).toList();
    assertThat(metrics).hasSize(2);
    assertThat(metrics.get(0)).isEqualTo(metrics.get(1));
    Map<String, Metric> byName =
        metrics.getFirst().getMetricsList().stream()
            .collect(Collectors.toMap(Metric::getName, metric -> metric));
    assertThat(byName).containsOnlyKeys("orders", "carts", "load", "latency", "size");
    assertThat(byName.get("orders").getSum().getDataPoints(0).getAsDouble()).isEqualTo(3);
    assertThat(byName.get("latency").getHistogram().getDataPoints(0).getBucketCountsList())
        .containsExactly(2L, 2L, 1L, 1L);
    assertThat(byName.get("size").getExponentialHistogram().getDataPoints(0).getZeroCount())
        .isEqualTo(1);
  }

  private static final class ZstdCompressor implements Compressor {
    @Override
    public String getMessageEncoding() {
      return "zstd";
    }

    @Override
    public OutputStream compress(OutputStream os) throws IOException {
      return new ZstdOutputStream(os);
    }
  }

  private static List<byte[]> bodies(String signal) {
    return records.envelopes("js").stream()
        .filter(envelope -> envelope.signal().equals(signal))
        .map(Envelope::body)
        .toList();
  }

  private static ScopeSpans spans(byte[] body) {
    try {
      return ExportTraceServiceRequest.parseFrom(body).getResourceSpans(0).getScopeSpans(0);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static ScopeMetrics metrics(byte[] body) {
    try {
      return ExportMetricsServiceRequest.parseFrom(body).getResourceMetrics(0).getScopeMetrics(0);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static Edge edge(String region) {
    Edge started = new Edge(kafka.bootstrapServers(), region, false, IngestLimits.DEFAULT);
    await().atMost(Duration.ofSeconds(30)).until(() -> started.collector.check().isEmpty());
    return started;
  }

  private static HttpRequest.Builder metrics() {
    return token(edge.request("/v1/metrics"));
  }

  private static HttpRequest.Builder token(HttpRequest.Builder request) {
    return request.header("Authorization", "Bearer " + Edge.TOKEN);
  }

  private static HttpRequest.Builder json(String path) {
    return token(edge.request(path)).setHeader("Content-Type", "application/json; charset=utf-8");
  }

  private static int post(HttpRequest.Builder request, byte[] body) throws Exception {
    return edge.post(request, BodyPublishers.ofByteArray(body)).statusCode();
  }

  private static Envelope stored(String region, byte[] sent, String signal) {
    BatchIdentity identity = BatchIdentity.of(Edge.TENANT, signal, sent);
    return records.envelopes(region).stream()
        .filter(envelope -> envelope.identity().equals(identity))
        .findFirst()
        .orElseThrow();
  }

  private static long items(String region, String signal, Heading heading) {
    return records.accounting(region).stream()
        .filter(entry -> entry.signal().equals(signal) && entry.heading() == heading)
        .mapToLong(AccountingEntry::items)
        .sum();
  }
}
