// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.prober.ProberMetrics;
import dev.nines.telemetry.BatchIdentity;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a collector that the test makes go away and come back. */
class SpanSenderTest {

  /** What the collector does with a request. */
  private sealed interface Answers {
    record Status(int code, byte[] body) implements Answers {}

    /** Takes the request and breaks the connection: the client cannot know. */
    record Breaks() implements Answers {}
  }

  private static final Answers OK = new Answers.Status(200, new byte[0]);

  private final CollectorRegistry registry = new CollectorRegistry();
  private final ProberMetrics metrics = new ProberMetrics(registry);
  private final SpanBuffer buffer = new SpanBuffer(1_000, 3, SpanSenderTest::join, metrics);
  private final Queue<Answers> script = new ConcurrentLinkedQueue<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Queue<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void aRepeatHasTheBytesOfItsOriginal() throws IOException {
    script.add(new Answers.Status(503, new byte[0]));
    script.add(new Answers.Breaks());
    script.add(new Answers.Status(429, new byte[0]));
    add("abc");
    SpanSender sender = sender(collector(0));
    await().atMost(30, SECONDS).until(() -> bodies.size() == 2);
    assertThat(sender.trouble().orElse("")).contains("does not take spans", "wait");
    add("def"); // It must not join the batch that is repeated.
    await().atMost(30, SECONDS).until(() -> spans("acknowledged") == 6);
    assertThat(bodies).containsExactly("abc", "abc", "abc", "abc", "def");
    assertThat(tokens).containsOnly("Bearer t0ken");
    assertThat(
            bodies.stream()
                .map(body -> BatchIdentity.of("default", "traces", body.getBytes(UTF_8)))
                .distinct())
        .hasSize(2);
    assertThat(sender.trouble()).isEmpty();
    assertThat(sender.check()).isEmpty();
  }

  @Test
  void spansWaitForACollectorThatIsAway() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    add("abcd");
    SpanSender sender = sender(port);
    await().atMost(30, SECONDS).until(() -> exports("later") >= 1);
    assertThat(sender.trouble().orElse("")).contains("not connected", "4 wait");
    collector(port);
    await().atMost(30, SECONDS).until(() -> spans("acknowledged") == 4);
    assertThat(bodies).containsExactly("abc", "d");
  }

  @Test
  void whatIsRefusedForGoodIsDroppedAndTheNextGoesOn() throws IOException {
    script.add(new Answers.Status(401, new byte[0]));
    script.add(new Answers.Status(200, partial(2)));
    add("abcdefg");
    sender(collector(0));
    await().atMost(30, SECONDS).until(() -> spans("acknowledged") == 2);
    assertThat(bodies).containsExactly("abc", "def", "g");
    assertThat(spans("refused")).isEqualTo(3);
    assertThat(spans("rejected")).isEqualTo(2);
  }

  @Test
  void aBatchThatMayHaveArrivedIsGivenUpBeforeItsRepeatWouldCount() throws IOException {
    script.addAll(Collections.nCopies(100, new Answers.Breaks()));
    add("abc");
    sender(collector(0));
    await().atMost(30, SECONDS).until(() -> exports("later") >= 1);
    nanos.addAndGet(Duration.ofMinutes(51).toNanos());
    await().atMost(30, SECONDS).until(() -> spans("expired") == 3);
    script.clear();
    add("d");
    await().atMost(30, SECONDS).until(() -> spans("acknowledged") == 1);
    assertThat(bodies.getLast()).isEqualTo("d");
  }

  @Test
  void theLastWordsAreSentAndWhatIsLeftIsSaidToBeLost() throws Exception {
    script.add(new Answers.Status(503, new byte[0]));
    add("ab");
    SpanSender sender = sender(collector(0));
    sender.close();
    assertThat(spans("acknowledged")).isEqualTo(2);
    script.addAll(Collections.nCopies(100, new Answers.Status(503, new byte[0])));
    add("c");
    SpanSender second = sender(collector(0), Duration.ofSeconds(2));
    second.close();
    assertThat(spans("lost")).isEqualTo(1);
  }

  private SpanSender sender(int port) {
    return sender(port, Duration.ofSeconds(20));
  }

  private SpanSender sender(int port, Duration lastWords) {
    SpanSender sender =
        new SpanSender(
            buffer,
            new CollectorClient(URI.create("http://127.0.0.1:" + port + "/"), Optional.of("t0ken")),
            metrics,
            InstantSource.system(),
            nanos::get,
            lastWords);
    open.add(sender);
    sender.start();
    return sender;
  }

  private int collector(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
    open.add(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    Answers answer = script.isEmpty() ? OK : script.remove();
    if (answer instanceof Answers.Status(int code, byte[] body)) {
      exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private void add(String letters) {
    for (int i = 0; i < letters.length(); i++) {
      buffer.add(letters.substring(i, i + 1).getBytes(UTF_8));
    }
  }

  private static byte[] partial(int rejected) {
    return ExportTraceServiceResponse.newBuilder()
        .setPartialSuccess(ExportTracePartialSuccess.newBuilder().setRejectedSpans(rejected))
        .build()
        .toByteArray();
  }

  private static byte[] join(List<byte[]> spans) {
    return spans.stream()
        .map(span -> new String(span, UTF_8))
        .collect(Collectors.joining())
        .getBytes(UTF_8);
  }

  private double spans(String outcome) {
    return sample("nines_prober_spans_total", outcome);
  }

  private double exports(String outcome) {
    return sample("nines_prober_exports_total", outcome);
  }

  private double sample(String name, String outcome) {
    Double value = registry.getSampleValue(name, new String[] {"outcome"}, new String[] {outcome});
    return value == null ? 0 : value;
  }
}
