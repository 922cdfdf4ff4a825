// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A paging provider that answers as told and keeps every message: one that no test took fails it.
 */
final class Provider implements AutoCloseable {

  static final String SECRET = "a secret of the tests";

  /** Answer that never comes. */
  static final int HANG = 0;

  record Message(String path, String key, JsonNode body) {
    String event() {
      return body.path("event").asText();
    }

    boolean mayBeRepeat() {
      return body.path("mayBeRepeat").asBoolean();
    }
  }

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private volatile String retryAfterSeconds = "";
  private final CountDownLatch end = new CountDownLatch(1);

  Provider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
  }

  /** The next requests get these answers, later ones 200. */
  void answer(Integer... statuses) {
    answers.addAll(List.of(statuses));
  }

  /** The next request is told to come again after that time. */
  void answerLater(Duration wait) {
    retryAfterSeconds = Long.toString(wait.toSeconds());
    answers.add(429);
  }

  Message next() throws InterruptedException {
    return next(Duration.ofSeconds(15));
  }

  Message next(Duration patience) throws InterruptedException {
    Message message = received.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(message).as("a message within %s", patience).isNotNull();
    return message;
  }

  List<Message> all() {
    return List.copyOf(received);
  }

  void forget() {
    received.clear();
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    assertThat(problems).isEmpty();
    assertThat(received).as("messages that nobody expected").isEmpty();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String timestamp = exchange.getRequestHeaders().getFirst("X-Nines-Timestamp");
    String signature = exchange.getRequestHeaders().getFirst("X-Nines-Signature");
    if (!("v1=" + hmac(timestamp + "." + body)).equals(signature)) {
      problems.add("wrong signature on " + body);
    }
    received.add(
        new Message(
            exchange.getRequestURI().getPath().substring(1),
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            JSON.readTree(body)));
    Integer status = answers.poll();
    if (status != null && status == HANG) {
      await();
    }
    if (status != null && status == 429 && !retryAfterSeconds.isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", retryAfterSeconds);
    }
    exchange.sendResponseHeaders(status == null ? 200 : status, -1);
    exchange.close();
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
