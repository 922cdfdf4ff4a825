// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.embedded.Ports;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerDeathTest {

  private static final IngestLimits LIMITS =
      new IngestLimits(
          64 << 20, 128L << 20, 8L << 20, Duration.ofSeconds(1), Duration.ofSeconds(4));

  @TempDir Path folder;

  /** Real exporters send, garbage comes in between, and the broker dies by SIGKILL. */
  @Test
  void everythingAcknowledgedIsOnTheTopicAfterwards() throws Exception {
    int port = Ports.free();
    try (Edge edge = new Edge("127.0.0.1:" + port, "kill", false, LIMITS)) {
      assertThat(edge.collector.check())
          .hasValueSatisfying(text -> assertThat(text).contains("Kafka not reached yet"));
      checkRetryable(edge);
      try (KafkaProcess kafka = KafkaProcess.start(folder, port)) {
        await().atMost(Duration.ofSeconds(30)).until(() -> edge.collector.check().isEmpty());
        Set<String> acknowledged = loadWhileBrokerDies(edge, kafka);
        assertThat(new Records(kafka.bootstrapServers()).spanNames("kill"))
            .containsAll(acknowledged);
        kafka.kill();
        checkRetryable(edge);
        await().untilAsserted(() -> assertThat(edge.host.inFlight.held()).isZero());
      }
    }
  }

  private static Set<String> loadWhileBrokerDies(Edge edge, KafkaProcess kafka) throws Exception {
    Set<String> acknowledged = new ConcurrentSkipListSet<>();
    AtomicInteger garbage = new AtomicInteger();
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients =
          List.of(
              threads.submit(client(grpc(edge), "grpc-", acknowledged, stop)),
              threads.submit(client(http(edge), "http-", acknowledged, stop)),
              threads.submit(garbage(edge, garbage, stop)));
      await().until(() -> acknowledged.size() > 1_000);
      kafka.kill();
      kafka.restart();
      int before = acknowledged.size();
      await().atMost(Duration.ofSeconds(40)).until(() -> acknowledged.size() > before + 1_000);
      stop.set(true);
      for (Future<?> client : clients) {
        client.get(40, TimeUnit.SECONDS);
      }
    }
    assertThat(garbage).hasPositiveValue();
    assertThat(acknowledged).anyMatch(n -> n.startsWith("grpc-"));
    assertThat(acknowledged).anyMatch(n -> n.startsWith("http-"));
    return acknowledged;
  }

  private static Callable<?> client(
      SpanExporter exporter, String prefix, Set<String> acknowledged, AtomicBoolean stop) {
    return () -> {
      try (exporter) {
        for (int batch = 0; !stop.get(); batch++) {
          List<SpanData> spans = SdkSpans.named(prefix + batch + "-", 50);
          if (exporter.export(spans).join(30, TimeUnit.SECONDS).isSuccess()) {
            spans.forEach(span -> acknowledged.add(span.getName()));
          }
        }
      }
      return null;
    };
  }

  /** Truncated bodies; each must be called malformed, also while Kafka is away. */
  private static Callable<?> garbage(Edge edge, AtomicInteger sent, AtomicBoolean stop) {
    return () -> {
      while (!stop.get()) {
        var answer = edge.post(edge.traces(), BodyPublishers.ofByteArray(new byte[] {10, 99}));
        assertThat(answer.statusCode()).isEqualTo(400);
        sent.incrementAndGet();
      }
      return null;
    };
  }

  private static SpanExporter grpc(Edge edge) {
    return OtlpGrpcSpanExporter.builder()
        .setEndpoint("http://127.0.0.1:" + edge.collector.grpcPort())
        .addHeader("Authorization", "Bearer " + Edge.TOKEN)
        .setCompression("gzip")
        .setTimeout(Duration.ofSeconds(30))
        .build();
  }

  private static SpanExporter http(Edge edge) {
    return OtlpHttpSpanExporter.builder()
        .setEndpoint("http://127.0.0.1:" + edge.collector.httpPort() + "/v1/traces")
        .addHeader("Authorization", "Bearer " + Edge.TOKEN)
        .setCompression("gzip")
        .setTimeout(Duration.ofSeconds(30))
        .build();
  }

  private static void checkRetryable(Edge edge) throws Exception {
    byte[] body = Bodies.spans("early");
    var answer = edge.post(edge.traces(), BodyPublishers.ofByteArray(body));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    StatusRuntimeException grpc =
        catchThrowableOfType(StatusRuntimeException.class, () -> edge.export(body));
    assertThat(grpc.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }
}
