// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.ingest.redaction.Redactor;
import dev.nines.ingest.redaction.Treatment;
import dev.nines.ingest.redaction.Treatments;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the collector takes out of real requests, by both protocols and every encoding. */
class RedactionTest {

  private static final String CARD = "4111111111111111";
  private static final String JSON =
      """
      {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0102030405060708090a0b0c0d0e0f10",
       "spanId":"0102030405060708","name":"pay %s","startTimeUnixNano":"1","endTimeUnixNano":"2",
       "attributes":[{"key":"pan","value":{"intValue":"%s"}}]}]}]}]}
      """
          .formatted(CARD, CARD);

  @TempDir static Path folder;
  private static KafkaProcess kafka;

  @BeforeAll
  static void start() {
    kafka = KafkaProcess.start(folder);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void everyWayInLeadsPastTheRedactor() throws Exception {
    try (Edge edge = edge("ways")) {
      assertThat(stored(edge, Bodies.spans("http " + CARD), "")).isEqualTo(200);
      assertThat(stored(edge, Bodies.gzip(Bodies.spans("gzip " + CARD)), "gzip")).isEqualTo(200);
      assertThat(stored(edge, Bodies.deflate(Bodies.spans("zlib " + CARD)), "deflate"))
          .isEqualTo(200);
      edge.export(Bodies.spans("grpc " + CARD));
      edge.export(
          "trace.v1.TraceService",
          Bodies.spans("grpc gzip " + CARD),
          Optional.of(Edge.TOKEN),
          Optional.of("gzip"));
      assertThat(
              edge.post(
                      edge.traces().setHeader("Content-Type", "application/json"),
                      BodyPublishers.ofString(JSON))
                  .statusCode())
          .isEqualTo(200);
      assertThat(spans("ways"))
          .containsExactlyInAnyOrder(
              "http [card]",
              "gzip [card]",
              "zlib [card]",
              "grpc [card]",
              "grpc gzip [card]",
              "pay [card]");
      for (Envelope envelope : records("ways")) {
        assertThat(new String(envelope.body(), UTF_8)).doesNotContain(CARD);
      }
      assertThat(
              edge.metric("nines_ingest_redacted_values_total", "region", "ways", "kind", "card"))
          .isEqualTo(7);
    }
  }

  @Test
  void theNameOfAMetricIsCleanedAndItsValueIsNot() throws Exception {
    try (Edge edge = edge("points")) {
      byte[] body = Bodies.gauges("orders." + CARD, Long.parseLong(CARD));
      edge.export("metrics.v1.MetricsService", body, Optional.of(Edge.TOKEN), Optional.empty());
      Metric stored =
          ExportMetricsServiceRequest.parseFrom(records("points").getFirst().body())
              .getResourceMetrics(0)
              .getScopeMetrics(0)
              .getMetrics(0);
      assertThat(stored.getName()).isEqualTo("orders.[card]");
      assertThat(stored.getGauge().getDataPoints(0).getAsInt()).isEqualTo(Long.parseLong(CARD));
    }
  }

  @Test
  void aRetryKeepsItsIdentityWhateverIsRedactedByThen() throws Exception {
    byte[] body = Bodies.spans("pay " + CARD);
    try (Edge edge = edge("retry")) {
      edge.export(body);
    }
    Treatments off = new Treatments(Treatment.OFF, Treatment.OFF, Treatment.OFF, Treatment.OFF);
    Redactor none = new Redactor(off, Map.of(), null);
    try (Edge edge = edge("retry", none)) {
      edge.export(body);
    }
    assertThat(records("retry"))
        .extracting(Envelope::identity)
        .containsExactly(
            BatchIdentity.of(Edge.TENANT, "traces", body),
            BatchIdentity.of(Edge.TENANT, "traces", body));
    assertThat(spans("retry")).containsExactlyInAnyOrder("pay [card]", "pay " + CARD);
  }

  @Test
  void aLargeBatchIsCutAsItWasSentAndEachPartIsCleaned() throws Exception {
    String[] names =
        IntStream.range(0, 40)
            .mapToObj(i -> CARD + " " + "n".repeat(60_000) + i)
            .toArray(String[]::new);
    try (Edge edge = edge("large")) {
      edge.export(Bodies.spans(names));
    }
    List<Envelope> parts = records("large");
    assertThat(parts).hasSizeGreaterThan(1).allMatch(part -> part.parts() == parts.size());
    assertThat(parts.stream().mapToInt(Envelope::items).sum()).isEqualTo(40);
    assertThat(spans("large")).hasSize(40).allMatch(name -> name.startsWith("[card] nnn"));
  }

  @Test
  void aCleanBodyIsTheSameBytesOnKafka() throws Exception {
    byte[] body = Bodies.spans("GET /cart", "order 1234567890123456789");
    try (Edge edge = edge("clean")) {
      edge.export(body);
    }
    assertThat(records("clean")).hasSize(1).allMatch(part -> Arrays.equals(part.body(), body));
  }

  /** A partial success, a bad body of each kind, and an answer to JSON: none repeats its client. */
  @Test
  void noAnswerRepeatsWhatTheClientSent() throws Exception {
    try (Edge edge = edge("answers")) {
      byte[] partial = Bodies.gauges("", 1);
      for (String broken :
          List.of(
              JSON.replace("\"1\"", "\"" + CARD + "x\""),
              JSON.replace("\"0102030405060708\"", "\"" + CARD + "x\""),
              JSON.replace("{\"intValue\":\"" + CARD + "\"}", "\"" + CARD + "\""),
              JSON.replace("\"spanId\"", "\"" + CARD + "\":" + CARD + CARD + "z,\"spanId\""),
              JSON + CARD)) {
        HttpResponse<byte[]> answer =
            edge.post(
                edge.traces().setHeader("Content-Type", "application/json"),
                BodyPublishers.ofString(broken));
        assertThat(answer.statusCode()).as(broken).isEqualTo(400);
        assertThat(new String(answer.body(), UTF_8)).doesNotContain(CARD);
      }
      byte[] text = CARD.getBytes(UTF_8);
      for (String encoding : List.of("", "gzip", "deflate", "zstd")) {
        assertThat(new String(answer(edge, text, encoding).body(), UTF_8)).doesNotContain(CARD);
      }
      HttpResponse<byte[]> elsewhere =
          edge.post(edge.request("/v1/" + CARD), BodyPublishers.ofByteArray(text));
      assertThat(new String(elsewhere.body(), UTF_8)).doesNotContain(CARD);
      HttpResponse<byte[]> stranger =
          edge.post(
              edge.request("/v1/traces").header("Authorization", "Bearer " + CARD),
              BodyPublishers.ofByteArray(text));
      assertThat(stranger.statusCode()).isEqualTo(401);
      assertThat(new String(stranger.body(), UTF_8)).doesNotContain(CARD);
      byte[] rejected =
          edge.export(
              "metrics.v1.MetricsService", partial, Optional.of(Edge.TOKEN), Optional.empty());
      assertThat(new String(rejected, UTF_8)).contains("the metric has no name");
      assertThat(grpcRefusal(edge, text)).isNotEmpty().doesNotContain(CARD);
    }
  }

  private static String grpcRefusal(Edge edge, byte[] body) {
    try {
      edge.export(body);
      return "";
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      return e.getStatus() + " " + e.getTrailers();
    }
  }

  private static HttpResponse<byte[]> answer(Edge edge, byte[] body, String encoding)
      throws Exception {
    var request = edge.traces();
    if (!encoding.isEmpty()) {
      request.header("Content-Encoding", encoding);
    }
    return edge.post(request, BodyPublishers.ofByteArray(body));
  }

  private static int stored(Edge edge, byte[] body, String encoding) throws Exception {
    return answer(edge, body, encoding).statusCode();
  }

  private static Edge edge(String region) {
    return edge(region, Redactor.DEFAULT);
  }

  private static Edge edge(String region, Redactor redactor) {
    Edge started =
        new Edge(
            kafka.bootstrapServers(),
            region,
            false,
            IngestLimits.DEFAULT,
            redactor,
            Guarantees.DEFAULT);
    await().atMost(Duration.ofSeconds(30)).until(() -> started.collector.check().isEmpty());
    return started;
  }

  private static List<Envelope> records(String region) {
    return new Records(kafka.bootstrapServers()).envelopes(region);
  }

  private static Set<String> spans(String region) {
    return new Records(kafka.bootstrapServers()).spanNames(region);
  }
}
