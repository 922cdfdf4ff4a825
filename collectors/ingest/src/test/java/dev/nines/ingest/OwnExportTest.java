// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.ingest.OwnExport.Receipt;
import dev.nines.telemetry.Envelope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector's own process has gathered keeps the rules of every other request. */
class OwnExportTest {

  private static final Optional<String> TOKEN = Optional.of(Edge.TOKEN);

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
  void itIsOnKafkaUnderTheTenantOfItsToken() {
    try (Edge edge = edge("own", false)) {
      byte[] body = Bodies.gauges("own", 1, 2);
      assertThat(edge.collector.own().metrics(TOKEN, body)).isEqualTo(new Receipt.Stored(0, ""));
      assertThat(new Records(kafka.bootstrapServers()).envelopes("own"))
          .singleElement()
          .satisfies(
              envelope -> {
                assertThat(envelope.tenant()).isEqualTo(Edge.TENANT);
                assertThat(envelope.signal()).isEqualTo(Envelope.METRICS);
                assertThat(envelope.body()).isEqualTo(body);
              });
      assertThat(requests(edge, "own", "stored")).isOne();
      assertThat(edge.host.inFlight.held()).isZero();
    }
  }

  @Test
  void withoutATokenItIsThatOfLoopback() {
    byte[] body = Bodies.gauges("own", 1);
    try (Edge closed = edge("closed", false);
        Edge open = edge("open", true)) {
      assertThat(closed.collector.own().metrics(Optional.empty(), body))
          .isInstanceOfSatisfying(
              Receipt.Refused.class, refused -> assertThat(refused.retryable()).isFalse());
      assertThat(closed.collector.own().metrics(Optional.of(Edge.READ_ONLY), body))
          .isEqualTo(new Receipt.Refused(false, "the token may not write telemetry"));
      assertThat(open.collector.own().metrics(Optional.empty(), body))
          .isEqualTo(new Receipt.Stored(0, ""));
      assertThat(new Records(kafka.bootstrapServers()).envelopes("open"))
          .extracting(Envelope::tenant)
          .containsExactly("default");
    }
  }

  @Test
  void whatCannotBeTakenNowMayBeTakenLater() {
    try (Edge edge = edge("full", false)) {
      edge.freeBytes.set(0);
      byte[] body = Bodies.gauges("own", 1);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () ->
                  edge.collector.own().metrics(TOKEN, body)
                          instanceof Receipt.Refused(boolean retryable, String _)
                      && retryable);
      assertThat(requests(edge, "full", "retryable")).isPositive();
    }
    IngestLimits tight =
        new IngestLimits(1_000, 10, 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(20));
    try (Edge edge = new Edge(kafka.bootstrapServers(), "tight", false, tight)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> edge.collector.check().isEmpty());
      assertThat(edge.collector.own().metrics(TOKEN, Bodies.gauges("own", 1)))
          .isInstanceOfSatisfying(
              Receipt.Refused.class, refused -> assertThat(refused.retryable()).isTrue());
      assertThat(edge.host.inFlight.held()).isZero();
    }
  }

  private static Edge edge(String region, boolean anonymous) {
    Edge edge = new Edge(kafka.bootstrapServers(), region, anonymous, IngestLimits.DEFAULT);
    await().atMost(Duration.ofSeconds(30)).until(() -> edge.collector.check().isEmpty());
    return edge;
  }

  private static double requests(Edge edge, String region, String outcome) {
    return edge.registry.getSampleValue(
        "nines_ingest_requests_total",
        new String[] {"region", "protocol", "outcome"},
        new String[] {region, "own", outcome});
  }
}
