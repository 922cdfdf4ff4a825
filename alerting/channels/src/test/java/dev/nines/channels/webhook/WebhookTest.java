// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.channels.Destination;
import dev.nines.channels.NetworkRules;
import dev.nines.channels.SendResult;
import dev.nines.channels.SendResult.Ambiguous;
import dev.nines.channels.SendResult.Reason;
import dev.nines.channels.SendResult.Refused;
import dev.nines.channels.SendResult.Sent;
import dev.nines.channels.SendResult.Unavailable;
import dev.nines.channels.http.HttpPost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SECRET = "s3cret";
  private static final String BODY = "{\"summary\":\"Käse brennt\"}";

  private static final NetworkRules.Gate OPEN = new NetworkRules.Gate(true, false, Set.of());

  private final Webhook webhook =
      new Webhook(new HttpPost(Duration.ofMillis(500)), InstantSource.fixed(NOW));
  private final List<String> problems = new ArrayList<>();
  private final CountDownLatch hang = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    hang.countDown();
    server.stop(0);
    assertThat(problems).isEmpty();
  }

  @Test
  void sendsSignedJsonOnceAndKeepsTheProvidersId() {
    assertThat(send("/200")).isEqualTo(new Sent("provider-7"));
  }

  @ParameterizedTest
  @CsvSource({
    "301,REDIRECT",
    "307,REDIRECT",
    "400,BAD_REQUEST",
    "401,NOT_AUTHORISED",
    "403,NOT_AUTHORISED",
    "404,NO_SUCH_ADDRESS",
    "410,NO_SUCH_ADDRESS",
    "413,TOO_LARGE",
    "422,BAD_REQUEST"
  })
  void refusalIsForGood(int status, Reason reason) {
    assertThat(send("/" + status)).isEqualTo(new Refused(reason, "answered " + status));
  }

  @ParameterizedTest
  @CsvSource({"408", "425", "429", "500", "502", "503"})
  void busyProviderIsAskedAgain(int status) {
    assertThat(send("/" + status))
        .isEqualTo(new Unavailable(Optional.empty(), "answered " + status));
  }

  @Test
  void retryAfterIsHonouredInBothFormsAndBounded() {
    assertThat(retryAfter("7")).hasValue(Duration.ofSeconds(7));
    assertThat(retryAfter("Thu, 01 Jan 2026 00:00:30 GMT")).hasValue(Duration.ofSeconds(30));
    assertThat(retryAfter("86400")).hasValue(Duration.ofMinutes(5));
    assertThat(retryAfter("soon")).isEmpty();
    assertThat(retryAfter("Wed, 31 Dec 2025 23:59:00 GMT")).isEmpty();
  }

  @Test
  void hangAfterTheRequestIsAmbiguous() {
    assertThat(send("/hang")).isInstanceOf(Ambiguous.class);
    assertThat(send("/504")).isInstanceOf(Ambiguous.class);
  }

  @Test
  void bodyThatNeverEndsDoesNotHoldUpTheReceipt() {
    assertThat(send("/trickle")).isInstanceOf(Sent.class);
  }

  @Test
  void connectionClosedAfterTheRequestIsAmbiguous() throws IOException {
    try (ServerSocket closing = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread closer = Thread.ofVirtual().start(() -> readAndClose(closing));
      assertThat(send("http://127.0.0.1:" + closing.getLocalPort(), "/"))
          .isInstanceOf(Ambiguous.class);
      closer.interrupt();
    }
  }

  @Test
  void serverThatAcceptsAndSaysNothingIsAmbiguous() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(send("http://127.0.0.1:" + silent.getLocalPort(), "/"))
          .isInstanceOf(Ambiguous.class);
    }
  }

  @Test
  void nobodyThereIsUnavailable() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(send("http://127.0.0.1:" + port, "/")).isInstanceOf(Unavailable.class);
    assertThat(send("http://no-such-host.invalid", "/")).isInstanceOf(Unavailable.class);
  }

  @Test
  void forbiddenAddressIsNotEvenConnectedTo() {
    NetworkRules.Gate closed = NetworkRules.PUBLIC.gate("t");
    URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x");
    assertThat(webhook.send(closed, new Destination.Webhook(here, SECRET), "other key", BODY))
        .isEqualTo(new Refused(Reason.FORBIDDEN_ADDRESS, "loopback is not open to this tenant"));
    NetworkRules.Gate ours =
        new NetworkRules.Gate(true, true, Set.of(server.getAddress().getPort()));
    assertThat(webhook.send(ours, new Destination.Webhook(here, SECRET), "other key", BODY))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(Reason.FORBIDDEN_ADDRESS));
  }

  private Optional<Duration> retryAfter(String value) {
    return switch (send("/429?" + value.replace(' ', '+'))) {
      case Unavailable unavailable -> unavailable.retryAfter();
      case SendResult other -> throw new AssertionError(other);
    };
  }

  private SendResult send(String path) {
    return send("http://127.0.0.1:" + server.getAddress().getPort(), path);
  }

  private SendResult send(String host, String path) {
    return webhook.send(
        OPEN, new Destination.Webhook(URI.create(host + path), SECRET), "key-1", BODY);
  }

  private void answer(HttpExchange exchange) throws IOException {
    checkRequest(exchange);
    String path = exchange.getRequestURI().getPath().substring(1);
    if (path.equals("hang")) {
      await();
    }
    String query = exchange.getRequestURI().getQuery();
    if (query != null) {
      exchange.getResponseHeaders().add("Retry-After", query.replace('+', ' '));
    }
    exchange.getResponseHeaders().add("X-Request-Id", "provider-7");
    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
    if (path.equals("trickle")) {
      exchange.sendResponseHeaders(200, 1_000_000);
      exchange.getResponseBody().write('x');
      exchange.getResponseBody().flush();
      await();
      return;
    }
    exchange.sendResponseHeaders(path.matches("\\d+") ? Integer.parseInt(path) : 200, -1);
    exchange.close();
  }

  private void checkRequest(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String timestamp = exchange.getRequestHeaders().getFirst("X-Nines-Timestamp");
    expect("body", BODY, body);
    expect("timestamp", Long.toString(NOW.getEpochSecond()), timestamp);
    expect("key", "key-1", exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    expect(
        "type",
        "application/json; charset=UTF-8",
        exchange.getRequestHeaders().getFirst("Content-Type"));
    expect(
        "signature",
        "v1=" + hmac(timestamp + "." + body),
        exchange.getRequestHeaders().getFirst("X-Nines-Signature"));
  }

  private synchronized void expect(String what, String wanted, String got) {
    if (!wanted.equals(got)) {
      problems.add(what + " was " + got + " instead of " + wanted);
    }
  }

  private static String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private void await() {
    try {
      hang.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void readAndClose(ServerSocket server) {
    try (Socket socket = server.accept()) {
      byte[] some = new byte[10_000];
      assertThat(socket.getInputStream().read(some)).isPositive();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
