// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static dev.nines.ingest.remotewrite.Wire.label;
import static dev.nines.ingest.remotewrite.Wire.message;
import static dev.nines.ingest.remotewrite.Wire.nested;
import static dev.nines.ingest.remotewrite.Wire.sample;
import static dev.nines.ingest.remotewrite.Wire.series;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.ingest.remotewrite.Wire;
import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.Envelope;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xerial.snappy.Snappy;

/** Remote write over HTTP: headers, codes and counts, into a real Kafka. */
class RemoteWriteHandlerTest {

  private static final String V1 = "application/x-protobuf";
  private static final String V2 = V1 + ";proto=io.prometheus.write.v2.Request";
  private static final String WRITTEN = "X-Prometheus-Remote-Write-";
  private static final long TIME = 1_700_000_000_000L;

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
  void theFirstVersionIsStoredAndSaysNothing() throws Exception {
    byte[] body = v1("first_total", TIME);
    for (String type : List.of(V1, V1 + "; proto=prometheus.WriteRequest")) {
      HttpResponse<byte[]> answer = post(edge, type, Snappy.compress(body));
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.headers().map().keySet()).noneMatch(name -> name.contains("written"));
    }
    List<Envelope> sent = stored("first_total");
    assertThat(sent).hasSize(2);
    assertThat(sent).extracting(Envelope::tenant).containsOnly(Edge.TENANT);
    assertThat(sent).extracting(Envelope::signal).containsOnly(Envelope.METRICS);
    assertThat(sent.get(0).identity()).as("a retry is a repeat").isEqualTo(sent.get(1).identity());
  }

  @Test
  void theSecondVersionSaysWhatIsWritten() throws Exception {
    HttpResponse<byte[]> answer =
        post(edge, V2, Snappy.compress(v2("second_total", TIME, TIME + 1)));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(written(answer)).containsExactly("2", "0", "0");
    assertThat(stored("second_total")).hasSize(1);
  }

  @Test
  void whatIsRejectedFailsTheRequestAndTheRestIsStored() throws Exception {
    HttpResponse<byte[]> answer = post(edge, V2, Snappy.compress(v2("half_total", TIME, 0)));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("1 rejected: a sample without a time\n");
    assertThat(written(answer)).containsExactly("1", "0", "0");
    assertThat(stored("half_total")).extracting(Envelope::items).containsExactly(1);
  }

  @Test
  void histogramsAndExemplarsAreCountedByThemselves() throws Exception {
    Wire.Fields labels = out -> out.writeByteArray(1, new byte[] {1, 2});
    byte[] body =
        message(
            symbols("kinds_total"),
            nested(5, labels, nested(4, out -> out.writeInt64(3, TIME))),
            nested(5, labels, sample(1, TIME)),
            nested(
                5,
                labels,
                nested(3, out -> out.writeInt64(15, TIME)),
                nested(3, out -> out.writeInt64(15, TIME + 1)),
                nested(3, out -> out.writeSInt32(4, 99))));
    HttpResponse<byte[]> answer = post(edge, V2, Snappy.compress(body));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(written(answer)).containsExactly("1", "2", "1");
    assertThat(stored("kinds_total")).extracting(Envelope::items).containsExactly(4);
  }

  /** What was offered is what was taken and what was rejected, with the reasons. */
  @Test
  void everyItemIsInTheAccount() throws Exception {
    try (Edge counted = edge("counted")) {
      byte[] body =
          message(
              series(label("__name__", "a"), sample(1, TIME), sample(2, 0)),
              series(label("a", "1"), sample(1, TIME), sample(2, TIME)));
      assertThat(post(counted, V1, Snappy.compress(body)).statusCode()).isEqualTo(400);
      await()
          .untilAsserted(
              () ->
                  assertThat(account("counted"))
                      .isEqualTo(
                          Map.of("OFFERED ", 4L, "REJECTED labels", 2L, "REJECTED time", 1L)));
    }
  }

  private static Map<String, Long> account(String region) {
    return records.accounting(region).stream()
        .collect(
            Collectors.toMap(
                entry -> entry.heading() + " " + entry.reason(),
                AccountingEntry::items,
                Long::sum));
  }

  /** It can never be taken, however often it is sent: 503 would have it sent for ever. */
  @Test
  void whatTakesMoreThanThereIsIsABadRequest() throws Exception {
    IngestLimits narrow =
        new IngestLimits(1 << 20, 1 << 20, 8 << 20, Duration.ofSeconds(2), Duration.ofSeconds(20));
    try (Edge small = new Edge(kafka.bootstrapServers(), "small", false, narrow)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> small.collector.check().isEmpty());
      Wire.Fields[] samples = new Wire.Fields[20];
      Arrays.setAll(samples, i -> sample(i, TIME + i));
      byte[] body =
          message(
              series(
                  label("__name__", "large"),
                  label("text", "x".repeat(60_000)),
                  out -> out.writeRawBytes(message(samples))));
      HttpResponse<byte[]> answer = post(small, V1, Snappy.compress(body));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(new String(answer.body(), UTF_8)).contains("send less at once");
      assertThat(small.host.inFlight.held()).isZero();
    }
  }

  /** Headers are looked at before the body, which here is none of anything. */
  @ParameterizedTest
  @CsvSource({
    "application/x-protobuf;proto=io.prometheus.write.v3.Request, snappy, 415",
    "application/json, snappy, 415",
    "application/x-protobuf, gzip, 415",
    "application/x-protobuf, snappy, 400",
    "application/x-protobuf;proto=io.prometheus.write.v2.Request, snappy, 400",
  })
  void aCorruptedBodyHasTheCodeOfItsHeaders(String type, String encoding, int status)
      throws Exception {
    HttpResponse<byte[]> answer =
        edge.post(
            request(edge, type).setHeader("Content-Encoding", encoding),
            BodyPublishers.ofByteArray(new byte[] {1, 2, 3, 4}));
    assertThat(answer.statusCode()).isEqualTo(status);
    if (type.contains("v2")) {
      assertThat(written(answer)).containsExactly("0", "0", "0");
    }
  }

  @Test
  void whatCanNeverBeTakenIsABadRequest() throws Exception {
    assertThat(post(edge, V1, Snappy.compress(new byte[] {10, 50, 1})).statusCode()).isEqualTo(400);
    byte[] liar = {(byte) 0x80, (byte) 0x80, (byte) 0x80, 0x10, 0, 1};
    assertThat(post(edge, V1, liar).statusCode()).as("32 MiB out of 6 bytes").isEqualTo(400);
    byte[] large = Snappy.compress(new byte[65 << 20]);
    assertThat(post(edge, V1, large).statusCode()).as("over the limit").isEqualTo(400);
    await().untilAsserted(() -> assertThat(edge.host.inFlight.held()).isZero());
  }

  @Test
  void onlyWhoMayWriteWrites() throws Exception {
    byte[] body = Snappy.compress(v1("never_total", TIME));
    HttpRequest.Builder stranger =
        edge.request(RemoteWriteHandler.PATH).header("Content-Encoding", "snappy");
    assertThat(edge.post(stranger, BodyPublishers.ofByteArray(body)).statusCode()).isEqualTo(401);
    HttpRequest.Builder reader =
        edge.request(RemoteWriteHandler.PATH)
            .header("Content-Encoding", "snappy")
            .header("Authorization", "Bearer " + Edge.READ_ONLY);
    assertThat(edge.post(reader, BodyPublishers.ofByteArray(body)).statusCode()).isEqualTo(403);
    HttpRequest get = request(edge, V1).GET().build();
    assertThat(edge.http.send(get, HttpResponse.BodyHandlers.ofByteArray()).statusCode())
        .isEqualTo(405);
    assertThat(stored("never_total")).isEmpty();
  }

  /** A sender drops what is answered 429: what can be stored later is 503. */
  @Test
  void backPressureIsAnInvitationToComeBack() throws Exception {
    try (Edge full = edge("full")) {
      full.freeBytes.set(10);
      await().until(() -> full.host.disk.reached());
      HttpResponse<byte[]> answer = post(full, V2, Snappy.compress(v2("later_total", TIME)));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
      assertThat(written(answer)).containsExactly("0", "0", "0");
    }
  }

  private static Edge edge(String region) {
    Edge started = new Edge(kafka.bootstrapServers(), region, false, IngestLimits.DEFAULT);
    await().atMost(Duration.ofSeconds(30)).until(() -> started.collector.check().isEmpty());
    return started;
  }

  private static byte[] v1(String name, long millis) {
    return message(series(label("__name__", name), sample(1, millis)));
  }

  private static byte[] v2(String name, long... millis) {
    return message(
        symbols(name),
        nested(
            5,
            out -> out.writeByteArray(1, new byte[] {1, 2}),
            out -> {
              for (long each : millis) {
                sample(1, each).write(out);
              }
            }));
  }

  private static Wire.Fields symbols(String name) {
    return out -> {
      for (String symbol : List.of("", "__name__", name)) {
        out.writeString(4, symbol);
      }
    };
  }

  private static HttpResponse<byte[]> post(Edge to, String type, byte[] body) throws Exception {
    return to.post(
        request(to, type).header("Content-Encoding", "snappy"), BodyPublishers.ofByteArray(body));
  }

  private static HttpRequest.Builder request(Edge to, String type) {
    return to.request(RemoteWriteHandler.PATH)
        .setHeader("Content-Type", type)
        .header("Authorization", "Bearer " + Edge.TOKEN);
  }

  private static List<String> written(HttpResponse<byte[]> answer) {
    return List.of("Samples", "Histograms", "Exemplars").stream()
        .map(what -> answer.headers().firstValue(WRITTEN + what + "-Written").orElse("none"))
        .toList();
  }

  private static List<Envelope> stored(String name) {
    return records.envelopes("eu").stream()
        .filter(envelope -> name.equals(nameOf(envelope)))
        .toList();
  }

  private static String nameOf(Envelope envelope) {
    try {
      return ExportMetricsServiceRequest.parseFrom(envelope.body())
          .getResourceMetrics(0)
          .getScopeMetrics(0)
          .getMetrics(0)
          .getName();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
