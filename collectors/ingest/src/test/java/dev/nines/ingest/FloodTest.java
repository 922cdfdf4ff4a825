// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.ingest.redaction.Redactor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One tenant floods a real collector by both protocols; nine quiet ones must not notice. */
class FloodTest {

  private static final int QUIET = 9;
  private static final int REQUESTS_OF_EACH = 120;
  private static final int FLOODERS = 48;
  private static final int FLOOD_BYTES = 700 << 10;
  private static final IngestLimits LIMITS =
      new IngestLimits(2 << 20, 8L << 20, 8L << 20, Duration.ofSeconds(1), Duration.ofSeconds(20));

  private final AtomicLong floodStored = new AtomicLong();
  private final AtomicLong floodRefused = new AtomicLong();
  private final AtomicLong quietSent = new AtomicLong();
  private final AtomicLong quietRefused = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void quietTenantsGoOnWhileOneFloods(@TempDir Path folder) throws Exception {
    Guarantees guarantees =
        new Guarantees(
            new Guarantee(10_000, 512 << 10), Map.of("flood", new Guarantee(10_000, 512 << 10)));
    try (KafkaProcess kafka = KafkaProcess.start(folder);
        Edge edge =
            new Edge(
                kafka.bootstrapServers(), "flood", false, LIMITS, Redactor.DEFAULT, guarantees);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> edge.collector.check().isEmpty());
      List<Future<?>> floods = new ArrayList<>();
      byte[] body = Bodies.spans("x".repeat(FLOOD_BYTES));
      for (int i = 0; i < FLOODERS; i++) {
        boolean grpc = i % 2 == 0;
        floods.add(threads.submit(() -> flood(edge, body, grpc)));
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> floodRefused.get() > 20);
      List<Future<?>> quiet = new ArrayList<>();
      for (int tenant = 0; tenant < QUIET; tenant++) {
        String token = Edge.OF_TENANT + "quiet-" + tenant;
        quiet.add(threads.submit(() -> quiet(edge, token)));
      }
      for (Future<?> each : quiet) {
        each.get(5, TimeUnit.MINUTES);
      }
      over.set(true);
      for (Future<?> each : floods) {
        each.get(1, TimeUnit.MINUTES);
      }
      System.out.printf(
          "flood: %d stored, %d refused; quiet: %d sent, %d refused%n",
          floodStored.get(), floodRefused.get(), quietSent.get(), quietRefused.get());
      assertThat(quietSent.get()).isEqualTo((long) QUIET * REQUESTS_OF_EACH);
      assertThat(quietRefused.get()).isLessThanOrEqualTo(quietSent.get() / 1_000);
      assertThat(floodRefused.get()).isGreaterThan(100);
      assertThat(floodStored.get()).as("a flood gets what is left").isPositive();
      assertThat(aboveGuarantee(edge, "flood")).isPositive();
      assertThat(aboveGuarantee(edge, Shares.OTHERS)).isZero();
    }
  }

  private static double aboveGuarantee(Edge edge, String tenant) {
    return edge.metric(
        "nines_ingest_refused_above_guarantee_total", "region", "flood", "tenant", tenant);
  }

  private void flood(Edge edge, byte[] body, boolean grpc) {
    String token = Edge.OF_TENANT + "flood";
    while (!over.get()) {
      boolean stored = grpc ? byGrpc(edge, body, token) : byHttp(edge, body, token);
      (stored ? floodStored : floodRefused).incrementAndGet();
    }
  }

  /** A few requests a second, whatever the machine is doing: the next one after the last answer. */
  private void quiet(Edge edge, String token) {
    for (int i = 0; i < REQUESTS_OF_EACH; i++) {
      byte[] body = Bodies.spans("quiet " + token + i);
      boolean stored = i % 2 == 0 ? byGrpc(edge, body, token) : byHttp(edge, body, token);
      quietSent.incrementAndGet();
      if (!stored) {
        quietRefused.incrementAndGet();
      }
    }
  }

  private static boolean byGrpc(Edge edge, byte[] body, String token) {
    try {
      edge.export("trace.v1.TraceService", body, Optional.of(token), Optional.empty());
      return true;
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      return false;
    }
  }

  private static boolean byHttp(Edge edge, byte[] body, String token) {
    HttpRequest.Builder request =
        edge.request("/v1/traces").header("Authorization", "Bearer " + token);
    try {
      var answer = edge.post(request, BodyPublishers.ofByteArray(body));
      assertThat(answer.statusCode()).isIn(200, 503);
      if (answer.statusCode() == 503) {
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      }
      return answer.statusCode() == 200;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
