// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.nines.embedded.KafkaProcess;
import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.AccountingEntry.Heading;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.Progress;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {

  private static final String REGION = "eu";
  private static final String TRACES = "trace.v1.TraceService";

  @TempDir static Path folder;
  private static KafkaProcess kafka;
  private static Edge edge;
  private static Records records;

  @BeforeAll
  static void start() {
    kafka = KafkaProcess.start(folder);
    records = new Records(kafka.bootstrapServers());
    edge = new Edge(kafka.bootstrapServers(), REGION, false, IngestLimits.DEFAULT);
    await().atMost(Duration.ofSeconds(30)).until(() -> edge.collector.check().isEmpty());
  }

  @AfterAll
  static void stop() {
    edge.close();
    kafka.close();
  }

  @Test
  void acknowledgedBatchIsOnKafkaUnchanged() throws Exception {
    byte[] body = Bodies.spans("unchanged-http");
    HttpResponse<byte[]> answer = edge.post(edge.traces(), BodyPublishers.ofByteArray(body));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).as("partial_success is unset").isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-protobuf");
    byte[] other = Bodies.spans("unchanged-grpc");
    assertThat(edge.export(other)).isEmpty();
    for (byte[] sent : List.of(body, other)) {
      BatchIdentity identity = BatchIdentity.of(Edge.TENANT, Envelope.TRACES, sent);
      Envelope stored =
          records.envelopes(REGION).stream()
              .filter(envelope -> envelope.identity().equals(identity))
              .findFirst()
              .orElseThrow();
      assertThat(stored.body()).isEqualTo(sent);
      assertThat(stored.items()).isEqualTo(1);
      assertThat(stored.parts()).isEqualTo(1);
      assertThat(stored.tenant()).isEqualTo(Edge.TENANT);
      assertThat(stored.collector()).isEqualTo("eu-1");
    }
  }

  @Test
  void takesGzipAndChunkedBodies() throws Exception {
    byte[] zipped = Bodies.gzip(Bodies.spans("gzip-http"));
    assertThat(
            edge.post(
                    edge.traces().header("Content-Encoding", "gzip"),
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(zipped)))
                .statusCode())
        .isEqualTo(200);
    byte[] deflated = Bodies.deflate(Bodies.spans("deflate-http"));
    assertThat(
            edge.post(
                    edge.traces().header("Content-Encoding", "deflate"),
                    BodyPublishers.ofByteArray(deflated))
                .statusCode())
        .isEqualTo(200);
    edge.export(TRACES, Bodies.spans("gzip-grpc"), Optional.of(Edge.TOKEN), Optional.of("gzip"));
    assertThat(records.spanNames(REGION)).contains("gzip-http", "gzip-grpc", "deflate-http");
  }

  @Test
  void emptyRequestIsSuccess() throws Exception {
    assertThat(edge.post(edge.traces(), BodyPublishers.noBody()).statusCode()).isEqualTo(200);
    assertThat(edge.export(new byte[0])).isEmpty();
  }

  @Test
  void partialSuccessNamesWhatWasRejected() throws Exception {
    byte[] body =
        Bodies.body(
            ScopeSpans.newBuilder()
                .addSpans(Bodies.span("partial-good"))
                .addSpans(Bodies.span("partial-bad").setTraceId(ByteString.EMPTY)));
    HttpResponse<byte[]> answer = edge.post(edge.traces(), BodyPublishers.ofByteArray(body));
    assertThat(answer.statusCode()).isEqualTo(200);
    for (byte[] response : List.of(answer.body(), edge.export(body))) {
      var partial = ExportTraceServiceResponse.parseFrom(response).getPartialSuccess();
      assertThat(partial.getRejectedSpans()).isEqualTo(1);
      assertThat(partial.getErrorMessage()).contains("1 spans rejected: trace_id is not 16 bytes");
    }
    assertThat(records.spanNames(REGION)).contains("partial-good").doesNotContain("partial-bad");
  }

  @Test
  void badInputOverHttpGetsItsCode() throws Exception {
    byte[] sound = Bodies.spans("never-stored");
    checkHttp(400, 3, edge.traces(), new byte[] {10, 50, 1});
    checkHttp(400, 3, edge.traces().header("Content-Encoding", "gzip"), new byte[] {1, 2, 3});
    checkHttp(401, 16, edge.request("/v1/traces"), sound);
    checkHttp(401, 16, edge.request("/v1/traces").header("Authorization", "Bearer wrong"), sound);
    checkHttp(
        403,
        7,
        edge.request("/v1/traces").header("Authorization", "Bearer " + Edge.READ_ONLY),
        sound);
    checkHttp(
        403,
        7,
        edge.request("/v1/traces").header("Authorization", "Bearer " + Edge.ELSEWHERE),
        sound);
    checkHttp(404, 5, edge.request("/v1development/profiles"), sound);
    checkHttp(415, 3, edge.traces().setHeader("Content-Type", "text/plain"), sound);
    checkHttp(415, 3, edge.traces().header("Content-Encoding", "br"), sound);
    var get = edge.traces().GET().build();
    assertThat(edge.http.send(get, HttpResponse.BodyHandlers.ofByteArray()).statusCode())
        .isEqualTo(405);
    assertThat(records.spanNames(REGION)).doesNotContain("never-stored");
  }

  @Test
  void badInputOverGrpcGetsItsCode() {
    byte[] sound = Bodies.spans("never-stored");
    checkGrpc(Status.Code.INVALID_ARGUMENT, TRACES, new byte[] {10, 50, 1}, Edge.TOKEN);
    checkGrpc(Status.Code.UNAUTHENTICATED, TRACES, sound, "wrong");
    checkGrpc(Status.Code.PERMISSION_DENIED, TRACES, sound, Edge.READ_ONLY);
    checkGrpc(Status.Code.PERMISSION_DENIED, TRACES, sound, Edge.ELSEWHERE);
    assertThat(records.spanNames(REGION)).doesNotContain("never-stored");
  }

  @Test
  void limitIsSixtyFourMebibytesBeforeAndAfterDecompression() throws Exception {
    byte[] fits = Bodies.large(63);
    byte[] tooLarge = Bodies.large(65);
    assertThat(edge.post(edge.traces(), BodyPublishers.ofByteArray(fits)).statusCode())
        .isEqualTo(200);
    assertThat(edge.export(TRACES, fits, Optional.of(Edge.TOKEN), Optional.of("gzip"))).isEmpty();
    checkHttp(413, 8, edge.traces(), tooLarge);
    checkHttp(413, 8, edge.traces().header("Content-Encoding", "gzip"), Bodies.gzip(tooLarge));
    checkHttp(
        413, 8, edge.traces().header("Content-Encoding", "gzip"), Bodies.gzip(new byte[500 << 20]));
    for (Optional<String> encoding : List.of(Optional.<String>empty(), Optional.of("gzip"))) {
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> edge.export(TRACES, tooLarge, Optional.of(Edge.TOKEN), encoding));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(details(refused)).doesNotContain("RetryInfo");
    }
    await().untilAsserted(() -> assertThat(edge.host.inFlight.held()).isZero());
    assertThat(
            records.envelopes(REGION).stream()
                .filter(envelope -> envelope.parts() > 1)
                .mapToInt(Envelope::items)
                .sum())
        .isEqualTo(2 * 63 * 16);
  }

  @Test
  void diskReserveRefusesAndResumes() throws Exception {
    try (Edge small = new Edge(kafka.bootstrapServers(), "disk", false, IngestLimits.DEFAULT)) {
      await().until(() -> small.collector.check().isEmpty());
      small.freeBytes.set(999);
      await().until(() -> small.host.disk.reached());
      assertThat(small.collector.check())
          .hasValueSatisfying(text -> assertThat(text).contains("reserve of 1000 bytes"));
      HttpResponse<byte[]> refused =
          small.post(small.traces(), BodyPublishers.ofByteArray(Bodies.spans("full")));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
      StatusRuntimeException grpc =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> small.export(Bodies.spans("full")));
      assertThat(grpc.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(details(grpc)).contains("google.rpc.RetryInfo");
      small.freeBytes.set(1_000);
      await().until(() -> !small.host.disk.reached());
      assertThat(small.export(Bodies.spans("free-again"))).isEmpty();
      assertThat(records.spanNames("disk")).containsExactly("free-again");
      assertThat(
              small.metric(
                  "nines_ingest_refused_requests_total",
                  "region",
                  "disk",
                  "reason",
                  "disk_reserve"))
          .isEqualTo(2);
    }
  }

  @Test
  void shedsAtTheBoundOfBytesInFlight() throws Exception {
    IngestLimits limits =
        new IngestLimits(1 << 20, 1_000, 8L << 20, Duration.ofSeconds(1), Duration.ofSeconds(20));
    try (Edge small = new Edge(kafka.bootstrapServers(), "shed", false, limits)) {
      await().until(() -> small.collector.check().isEmpty());
      byte[] body = Bodies.spans("x".repeat(5_000));
      checkHttp(small, 503, 14, small.traces(), body);
      StatusRuntimeException grpc =
          catchThrowableOfType(StatusRuntimeException.class, () -> small.export(body));
      assertThat(grpc.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(small.export(Bodies.spans("small"))).isEmpty();
      assertThat(
              small.metric(
                  "nines_ingest_refused_requests_total", "region", "shed", "reason", "overloaded"))
          .isEqualTo(2);
      assertThat(small.host.inFlight.held()).isZero();
    }
  }

  @Test
  void anonymousLoopbackIsTenantDefault() throws Exception {
    try (Edge open = new Edge(kafka.bootstrapServers(), "anon", true, IngestLimits.DEFAULT)) {
      await().until(() -> open.collector.check().isEmpty());
      byte[] body = Bodies.spans("anonymous");
      assertThat(
              open.post(open.request("/v1/traces"), BodyPublishers.ofByteArray(body)).statusCode())
          .isEqualTo(200);
      open.export(TRACES, body, Optional.empty(), Optional.empty());
      checkHttp(
          open, 401, 16, open.request("/v1/traces").header("Authorization", "Bearer no"), body);
      assertThat(records.envelopes("anon"))
          .extracting(Envelope::tenant)
          .containsExactly("default", "default");
    }
  }

  @Test
  void progressReachesEveryPartitionAndEndsWithGoodbye() {
    Edge own = new Edge(kafka.bootstrapServers(), "beat", false, IngestLimits.DEFAULT);
    try (own) {
      await().until(() -> own.collector.check().isEmpty());
      own.export(Bodies.spans("a", "b"));
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> records.accounting("beat").stream().anyMatch(e -> e.items() == 2));
      await().until(() -> records.progress("beat", 0).size() > 2);
    }
    for (int partition = 0; partition < 4; partition++) {
      List<Progress> progress = records.progress("beat", partition);
      assertThat(progress).hasSizeGreaterThan(2);
      assertThat(progress).extracting(Progress::sentAt).isSorted();
      assertThat(progress).extracting(Progress::epoch).containsOnly(42L);
      assertThat(progress.getLast().goodbye()).isTrue();
      assertThat(progress.subList(0, progress.size() - 1))
          .extracting(Progress::goodbye)
          .containsOnly(false);
    }
    AccountingEntry entry = records.accounting("beat").getFirst();
    assertThat(entry.heading()).isEqualTo(Heading.OFFERED);
    assertThat(entry.tenant()).isEqualTo(Edge.TENANT);
    assertThat(entry.task()).isEqualTo("beat-1-42");
    assertThat(entry.seq()).isEqualTo(1);
  }

  @Test
  void connectionOutlivesBadRequests() throws Exception {
    byte[] body = Bodies.spans("kept-alive");
    try (Socket socket = new Socket("127.0.0.1", edge.collector.httpPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(head("wrong-token", 300_000));
      out.write(new byte[300_000]);
      out.write(head(Edge.TOKEN, 3));
      out.write(new byte[] {10, 50, 1});
      out.write(head(Edge.TOKEN, body.length));
      out.write(body);
      socket.shutdownOutput();
      String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answers.split("(?=HTTP/1.1 )"))
          .extracting(answer -> answer.substring(9, 12))
          .containsExactly("401", "400", "200");
    }
    assertThat(records.spanNames(REGION)).contains("kept-alive");
  }

  private static byte[] head(String token, int length) {
    return ("POST /v1/traces HTTP/1.1\r\nHost: edge\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Type: application/x-protobuf\r\nContent-Length: "
            + length
            + "\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  private static void checkHttp(int status, int code, HttpRequest.Builder request, byte[] body)
      throws Exception {
    checkHttp(edge, status, code, request, body);
  }

  private static void checkHttp(
      Edge at, int status, int code, HttpRequest.Builder request, byte[] body) throws Exception {
    HttpResponse<byte[]> answer = at.post(request, BodyPublishers.ofByteArray(body));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-protobuf");
    assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    var fields = com.google.protobuf.UnknownFieldSet.parseFrom(answer.body());
    assertThat(fields.getField(1).getVarintList()).containsExactly((long) code);
    assertThat(fields.getField(2).getLengthDelimitedList().getFirst().toStringUtf8()).isNotBlank();
  }

  private static void checkGrpc(Status.Code code, String service, byte[] body, String token) {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> edge.export(service, body, Optional.of(token), Optional.empty()));
    assertThat(refused.getStatus().getCode()).isEqualTo(code);
    assertThat(refused.getStatus().getDescription()).isNotBlank();
  }

  private static String details(StatusRuntimeException refused) {
    Metadata trailers = refused.getTrailers();
    byte[] details =
        trailers == null
            ? null
            : trailers.get(
                Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER));
    return details == null ? "" : new String(details, UTF_8);
  }
}
