// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.nines.prober.definition.HttpCheck;
import dev.nines.prober.definition.TlsRules;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against real servers on this machine. */
class HttpProbeTest {

  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static final CountDownLatch OVER = new CountDownLatch(1);
  private static final BlockingQueue<String> TRACEPARENTS = new LinkedBlockingQueue<>();

  @TempDir private static Path folder;
  private static HttpServer server;
  private static HttpsServer good;
  private static HttpsServer elsewhere;
  private static Certificates goodCertificate;
  private static Certificates elsewhereCertificate;

  @BeforeAll
  static void serve() throws Exception {
    server = HttpServer.create(address(), 0);
    serve(server);
    goodCertificate = Certificates.make(folder, "good", "dns:localhost,ip:127.0.0.1");
    elsewhereCertificate = Certificates.make(folder, "elsewhere", "dns:elsewhere.example");
    good = HttpsServer.create(address(), 0);
    good.setHttpsConfigurator(new HttpsConfigurator(goodCertificate.context()));
    serve(good);
    elsewhere = HttpsServer.create(address(), 0);
    elsewhere.setHttpsConfigurator(new HttpsConfigurator(elsewhereCertificate.context()));
    serve(elsewhere);
  }

  private static void serve(HttpServer server) {
    server.setExecutor(THREADS);
    server.createContext("/", exchange -> answer(exchange, 200, "Pay now"));
    server.createContext("/broken", exchange -> answer(exchange, 503, "sorry"));
    server.createContext("/far", exchange -> answer(exchange, 200, "x".repeat(2_000) + "Pay now"));
    server.createContext("/moved", exchange -> redirect(exchange, "/moved/twice"));
    server.createContext("/moved/twice", exchange -> redirect(exchange, "/"));
    server.createContext("/slow", HttpProbeTest::drip);
    server.createContext("/cut", HttpExchange::close);
    server.start();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    TRACEPARENTS.add(exchange.getRequestHeaders().getFirst("traceparent"));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  /** The head and a byte, then nothing: no read ever waits for a first byte. */
  private static void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    body.write('.');
    body.flush();
    try {
      OVER.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  @AfterAll
  static void stop() {
    OVER.countDown();
    for (HttpServer each : List.of(server, good, elsewhere)) {
      each.stop(0);
    }
    THREADS.shutdownNow();
  }

  @Test
  void aGoodAnswerIsASpanWithItsPhases() throws Exception {
    TRACEPARENTS.clear();
    Instant before = Instant.now();
    OneRun run = OneRun.of(TestProbes.http(url("/checkout?card=4711")));
    assertThat(run.outcome()).isEqualTo("passed");
    Span span = run.span();
    assertThat(span.getName()).isEqualTo("page");
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(span.getStartTimeUnixNano()).isBetween(nanos(before), span.getEndTimeUnixNano());
    assertThat(span.getEndTimeUnixNano()).isLessThanOrEqualTo(nanos(Instant.now()));
    assertThat(run.attributes())
        .containsEntry("probe.name", "page")
        .containsEntry("probe.kind", "http")
        .containsEntry("probe.region.from", "here")
        .containsEntry("probe.region.to", "there")
        .containsEntry("server.address", "127.0.0.1")
        .containsEntry("server.port", (long) server.getAddress().getPort())
        .containsEntry("http.request.method", "GET")
        .containsEntry("url.path", "/checkout")
        .containsEntry("http.response.status_code", 200L)
        .containsEntry("http.response.body.size", 7L);
    assertThat(run.attributes().toString()).doesNotContain("4711"); // A query may hold secrets.
    assertThat(run.phases()).containsExactly("body", "connect", "dns", "first_byte");
    assertThat(sumOfPhases(run)).isLessThanOrEqualTo(length(span));
    HexFormat hex = HexFormat.of();
    assertThat(TRACEPARENTS.take())
        .isEqualTo(
            "00-%s-%s-01"
                .formatted(
                    hex.formatHex(span.getTraceId().toByteArray()),
                    hex.formatHex(span.getSpanId().toByteArray())));
  }

  @Test
  void anotherStatusFails() throws Exception {
    OneRun run = OneRun.of(TestProbes.http(url("/broken")));
    assertThat(run.outcome()).isEqualTo("status");
    assertThat(run.message()).isEqualTo("status: status 503, expected 2xx");
    assertThat(run.attributes()).containsEntry("http.response.status_code", 503L);
    HttpCheck expects =
        new HttpCheck(
            "GET",
            Map.of(),
            Optional.empty(),
            Set.of(404, 503),
            Optional.of("sorry"),
            0,
            TlsRules.DEFAULT);
    assertThat(outcome("/broken", expects)).isEqualTo("passed");
    assertThat(outcome("/", expects)).isEqualTo("status");
  }

  @Test
  void aBodyWithoutTheTextFailsAndNothingBeyondTheLimitIsRead() throws Exception {
    HttpCheck contains = TestProbes.check(0, Optional.of("Pay now"), TlsRules.DEFAULT);
    assertThat(outcome("/", contains)).isEqualTo("passed");
    HttpCheck other = TestProbes.check(0, Optional.of("Pay later"), TlsRules.DEFAULT);
    assertThat(outcome("/", other)).isEqualTo("body");
    OneRun far = OneRun.of(TestProbes.http(url("/far"), Duration.ofSeconds(20), contains));
    assertThat(far.message())
        .isEqualTo("body: the 1000 bytes read of the body do not contain 'Pay now'");
  }

  @Test
  void redirectsAreFollowedAsFarAsAllowed() throws Exception {
    assertThat(outcome("/moved", redirects(0))).isEqualTo("status");
    assertThat(outcome("/moved", redirects(1))).isEqualTo("redirects");
    OneRun run = OneRun.of(TestProbes.http(url("/moved"), Duration.ofSeconds(20), redirects(2)));
    assertThat(run.outcome()).isEqualTo("passed");
    assertThat(run.attributes()).containsEntry("http.response.status_code", 200L);
  }

  @Test
  void anAnswerThatDripsEndsAtTheDeadline() throws Exception {
    OneRun run = OneRun.of(TestProbes.http(url("/slow"), Duration.ofMillis(300), redirects(0)));
    assertThat(run.outcome()).isEqualTo("timeout");
    assertThat(run.message()).isEqualTo("timeout: no verdict within 300 ms, in phase body");
    assertThat(length(run.span())).isGreaterThanOrEqualTo(300);
    assertThat(sumOfPhases(run)).isLessThanOrEqualTo(length(run.span()));
  }

  @Test
  void aPortThatNobodyListensOnIsRefused() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    OneRun run = OneRun.of(TestProbes.http("http://127.0.0.1:" + port + "/"));
    assertThat(run.outcome()).isEqualTo("connect");
    assertThat(run.phases()).containsExactly("connect", "dns");
  }

  @Test
  void aConnectionThatBreaksIsToldApart() throws Exception {
    assertThat(outcome("/cut", redirects(0))).isEqualTo("connection");
  }

  @Test
  void chainHostAndDaysOfTheCertificateAreChecked() throws Exception {
    OneRun trusted = secure(good, goodCertificate, Optional.empty());
    assertThat(trusted.outcome()).isEqualTo("passed");
    assertThat(trusted.phases()).containsExactly("body", "connect", "dns", "first_byte", "tls");
    assertThat(Instant.parse(trusted.attributes().get("tls.server.not_after").toString()))
        .isBetween(Instant.now().plus(Duration.ofDays(2)), Instant.now().plus(Duration.ofDays(4)));
    OneRun otherChain = secure(good, elsewhereCertificate, Optional.empty());
    assertThat(otherChain.outcome()).isEqualTo("tls");
    assertThat(otherChain.phases()).containsExactly("connect", "dns", "tls");
    assertThat(secure(elsewhere, elsewhereCertificate, Optional.empty()).outcome())
        .isEqualTo("tls");
    Optional<Duration> days = Optional.of(Duration.ofDays(14));
    assertThat(secure(good, goodCertificate, days).outcome()).isEqualTo("certificate");
    assertThat(secure(good, goodCertificate, Optional.of(Duration.ofDays(1))).outcome())
        .isEqualTo("passed");
  }

  private static OneRun secure(
      HttpsServer server, Certificates trusted, Optional<Duration> validFor) throws Exception {
    TlsRules rules = new TlsRules(Optional.of(trusted.pem()), validFor);
    return OneRun.of(
        TestProbes.http(
            "https://localhost:" + server.getAddress().getPort() + "/",
            Duration.ofSeconds(20),
            TestProbes.check(0, Optional.empty(), rules)),
        InstantSource.system());
  }

  private static String outcome(String path, HttpCheck check) throws Exception {
    return OneRun.of(TestProbes.http(url(path), Duration.ofSeconds(20), check)).outcome();
  }

  private static HttpCheck redirects(int max) {
    return TestProbes.check(max, Optional.empty(), TlsRules.DEFAULT);
  }

  private static double sumOfPhases(OneRun run) {
    return run.phases().stream()
        .mapToDouble(phase -> (Double) run.attributes().get("probe." + phase + ".ms"))
        .sum();
  }

  private static double length(Span span) {
    return (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / 1e6;
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
