// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static dev.nines.ingest.remotewrite.Wire.label;
import static dev.nines.ingest.remotewrite.Wire.message;
import static dev.nines.ingest.remotewrite.Wire.sample;
import static dev.nines.ingest.remotewrite.Wire.series;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.ingest.remotewrite.Wire;
import dev.nines.ingest.series.SeriesLimits;
import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.Envelope;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/** A metric with too many series, by both protocols, into a real Kafka. */
class SeriesLimitTest {

  private static final SeriesLimits FIVE = new SeriesLimits(5, 8, Duration.ofHours(1));

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
  void aSenderOfOtlpIsToldWhatWasLeftOut() throws Exception {
    try (Edge edge = edge("otlp")) {
      byte[] answer =
          edge.export(
              "metrics.v1.MetricsService",
              Bodies.series("hits", "user", 7),
              Optional.of(Edge.TOKEN),
              Optional.empty());
      var partial = ExportMetricsServiceResponse.parseFrom(answer).getPartialSuccess();
      assertThat(partial.getRejectedDataPoints()).isEqualTo(2);
      assertThat(partial.getErrorMessage())
          .startsWith("2 data points rejected: its series is new")
          .contains("hits has 5 series")
          .contains("user has most values, about 5");
      assertThat(new Records(kafka.bootstrapServers()).envelopes("otlp"))
          .extracting(Envelope::items)
          .containsExactly(5);
      assertThat(edge.metric("nines_ingest_series")).isEqualTo(5);
      await().untilAsserted(() -> assertThat(rejected("otlp")).isEqualTo(2));
    }
  }

  @Test
  void whatIsAllTooManyIsNoRecord() throws Exception {
    try (Edge edge = edge("full")) {
      edge.export(
          "metrics.v1.MetricsService",
          Bodies.series("hits", "user", 5),
          Optional.of(Edge.TOKEN),
          Optional.empty());
      byte[] answer =
          edge.export(
              "metrics.v1.MetricsService",
              Bodies.series("hits", "customer", 3),
              Optional.of(Edge.TOKEN),
              Optional.empty());
      assertThat(
              ExportMetricsServiceResponse.parseFrom(answer)
                  .getPartialSuccess()
                  .getRejectedDataPoints())
          .isEqualTo(3);
      assertThat(new Records(kafka.bootstrapServers()).envelopes("full")).hasSize(1);
    }
  }

  @Test
  void aSenderOfRemoteWriteIsToldHowMuchIsWritten() throws Exception {
    try (Edge edge = edge("written")) {
      Wire.Fields[] all = new Wire.Fields[7];
      Arrays.setAll(
          all,
          i -> series(label("__name__", "hits"), label("user", "u" + i), sample(1, 1_000 + i)));
      byte[] body = Snappy.compress(message(all));
      HttpResponse<byte[]> answer =
          edge.post(
              edge.request(RemoteWriteHandler.PATH)
                  .header("Content-Encoding", "snappy")
                  .header("Authorization", "Bearer " + Edge.TOKEN),
              BodyPublishers.ofByteArray(body));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(new String(answer.body(), UTF_8)).contains("hits has 5 series", "user");
      assertThat(new Records(kafka.bootstrapServers()).envelopes("written"))
          .extracting(Envelope::items)
          .containsExactly(5);
    }
  }

  private static long rejected(String region) {
    return new Records(kafka.bootstrapServers())
        .accounting(region).stream()
            .filter(entry -> entry.reason().equals("series_limit"))
            .mapToLong(AccountingEntry::items)
            .sum();
  }

  private static Edge edge(String region) {
    Edge started = new Edge(kafka.bootstrapServers(), region, FIVE);
    await().atMost(Duration.ofSeconds(30)).until(() -> started.collector.check().isEmpty());
    return started;
  }
}
