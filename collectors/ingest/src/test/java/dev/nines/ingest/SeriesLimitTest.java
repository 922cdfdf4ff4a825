// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static dev.nines.ingest.remotewrite.Wire.message;
import static dev.nines.ingest.remotewrite.Wire.nested;
import static dev.nines.ingest.remotewrite.Wire.sample;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/** A metric with too many series, by both protocols, into a real Kafka. */
class SeriesLimitTest {

  private static final SeriesLimits FIVE = new SeriesLimits(5, 8, Duration.ofHours(1));

  private static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
  private static final long TIME = 1_700_000_000_000L;

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

  /** What is one too many: a sample with an exemplar, and two histograms. */
  @Test
  void aSenderOfRemoteWriteIsToldHowMuchIsWritten() throws Exception {
    Wire.Fields sample = sample(1, TIME);
    Wire.Fields exemplar = nested(4, out -> out.writeInt64(3, TIME));
    Wire.Fields histogram = nested(3, out -> out.writeInt64(15, TIME));
    Wire.Fields later = nested(3, out -> out.writeInt64(15, TIME + 1));
    byte[] body =
        message(
            symbols(),
            ofUser(0, sample, exemplar),
            ofUser(1, histogram),
            ofUser(2, sample),
            ofUser(3, sample),
            ofUser(4, sample),
            ofUser(5, sample, exemplar),
            ofUser(6, histogram, later),
            ofUser(0, nested(2, out -> out.writeInt64(2, TIME + 1))));
    try (Edge edge = edge("written")) {
      HttpResponse<byte[]> answer =
          edge.post(
              edge.request(RemoteWriteHandler.PATH)
                  .setHeader("Content-Type", V2)
                  .header("Content-Encoding", "snappy")
                  .header("Authorization", "Bearer " + Edge.TOKEN),
              BodyPublishers.ofByteArray(Snappy.compress(body)));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(new String(answer.body(), UTF_8)).contains("hits has 5 series", "user");
      assertThat(written(answer, "Samples")).hasValue("5");
      assertThat(written(answer, "Histograms")).hasValue("1");
      assertThat(written(answer, "Exemplars")).hasValue("1");
    }
  }

  private static Optional<String> written(HttpResponse<byte[]> answer, String what) {
    return answer.headers().firstValue("X-Prometheus-Remote-Write-" + what + "-Written");
  }

  private static Wire.Fields symbols() {
    return out -> {
      for (String symbol : List.of("", "__name__", "hits", "user")) {
        out.writeString(4, symbol);
      }
      for (int user = 0; user < 7; user++) {
        out.writeString(4, "u" + user);
      }
    };
  }

  /** A series of version 2: its labels are numbers of symbols. */
  private static Wire.Fields ofUser(int user, Wire.Fields... content) {
    Wire.Fields labels = out -> out.writeByteArray(1, new byte[] {1, 2, 3, (byte) (4 + user)});
    return nested(
        5,
        labels,
        out -> {
          for (Wire.Fields each : content) {
            each.write(out);
          }
        });
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
