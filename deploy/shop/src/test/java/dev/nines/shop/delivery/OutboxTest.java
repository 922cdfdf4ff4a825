// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.shop.traffic.FaultScript;
import dev.nines.shop.traffic.Journey;
import dev.nines.shop.traffic.Region;
import dev.nines.shop.traffic.Storefront;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

  private static final Region REGION = Region.EU_NORTH_1;
  private static final Orders HOLD = new Orders(true, false, 0);
  private static final Orders RESEND_ALL = new Orders(false, false, 1);

  @TempDir private Path directory;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final HandExporter exporter = new HandExporter();
  private final Storefront customers = new Storefront(REGION, 7, FaultScript.calm(), 10);
  private TruthLog log;
  private Outbox outbox;
  private Recorder recorder;

  @BeforeEach
  void open() throws IOException {
    log = TruthLog.create(directory);
    Duration delay = Duration.ofMillis(300);
    outbox = new Outbox(REGION, exporter, log, delay, new SplittableRandom(7), () -> now, () -> {});
    recorder = new Recorder(REGION, outbox, Nanos.of(now), new SplittableRandom(7));
  }

  @Test
  void anAcknowledgedBatchIsLoggedWithBothInstants() throws IOException {
    int spans = visit();
    outbox.tick(now, Orders.USUAL);
    pass(40);
    exporter.acknowledge();
    pass(20);
    outbox.tick(now, Orders.USUAL);

    List<JsonNode> lines = batches();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).path("event").asText()).isEqualTo("sent");
    assertThat(lines.get(0).path("spans").asInt()).isEqualTo(spans);
    assertThat(lines.get(1).path("event").asText()).isEqualTo("acknowledged");
    assertThat(lines.get(1).path("atNanos").asLong() - lines.get(0).path("atNanos").asLong())
        .isEqualTo(40_000_000L);
    assertThat(outbox.counts().get(Count.ACKNOWLEDGED_SPANS)).isEqualTo(spans);
    assertThat(outbox.drained()).isTrue();
  }

  @Test
  void aFailedExportIsUnknownNeverAcknowledged() throws IOException {
    int spans = visit();
    outbox.tick(now, Orders.USUAL);
    exporter.answers.getLast().failExceptionally(new IOException("connection reset"));
    outbox.tick(now, Orders.USUAL);

    assertThat(batches().getLast().path("event").asText()).isEqualTo("unknown");
    assertThat(batches().getLast().path("reason").asText()).contains("connection reset");
    assertThat(outbox.counts().get(Count.UNKNOWN_SPANS)).isEqualTo(spans);
    assertThat(outbox.counts().get(Count.ACKNOWLEDGED_SPANS)).isZero();
  }

  @Test
  void oneBatchIsInFlightAndTheNextWaitsForTheDelay() {
    visit();
    outbox.tick(now, Orders.USUAL);
    visit();
    outbox.tick(now, Orders.USUAL);
    assertThat(exporter.exports).hasSize(1);
    exporter.acknowledge();
    pass(299);
    outbox.tick(now, Orders.USUAL);
    assertThat(exporter.exports).hasSize(1);
    pass(1);
    outbox.tick(now, Orders.USUAL);
    assertThat(exporter.exports).hasSize(2);
  }

  @Test
  void aFullBatchDoesNotWait() {
    visit();
    outbox.tick(now, Orders.USUAL);
    exporter.acknowledge();
    while (outbox.queuedSpans() < 600) {
      visit();
    }
    outbox.tick(now, Orders.USUAL);
    assertThat(exporter.exports.getLast()).hasSize(Outbox.BATCH_SPANS);
  }

  @Test
  void spansHeldBackAreSentWithTheirOldEnds() throws IOException {
    visit();
    outbox.tick(now, HOLD);
    assertThat(exporter.exports).isEmpty();
    pass(17_000);
    outbox.tick(now, Orders.USUAL);
    JsonNode sent = batches().getLast();
    assertThat(sent.path("atNanos").asLong() - sent.path("firstEndNanos").asLong())
        .isGreaterThan(16_500_000_000L);
  }

  @Test
  void aFullQueueDropsAndCountsWhatWasNeverSent() throws IOException {
    while (outbox.counts().get(Count.DROPPED_QUEUE_FULL) == 0) {
      visit();
    }
    assertThat(outbox.queuedSpans()).isEqualTo(Outbox.QUEUE_SPANS);
    outbox.abandon(now);
    Counts counts = outbox.counts();
    assertThat(counts.get(Count.SENT_SPANS)).isZero();
    assertThat(counts.droppedSpans()).isEqualTo(counts.get(Count.CREATED_SPANS));
    assertThat(batches()).isEmpty();
  }

  @Test
  void aBatchSentAgainIsTheSameObjectAndNoNewSpans() throws IOException {
    int spans = visit();
    outbox.tick(now, RESEND_ALL);
    exporter.acknowledge();
    outbox.tick(now, RESEND_ALL);
    assertThat(exporter.exports).hasSize(1);
    pass(700);
    outbox.tick(now, RESEND_ALL);
    exporter.acknowledge();
    outbox.tick(now, RESEND_ALL);

    assertThat(exporter.exports.getLast()).isEqualTo(exporter.exports.getFirst());
    assertThat(batches().stream().map(line -> line.path("event").asText()))
        .containsExactly("sent", "acknowledged", "resent", "resend-acknowledged");
    assertThat(outbox.counts().get(Count.SENT_SPANS)).isEqualTo(spans);
    assertThat(outbox.counts().get(Count.RESENT_BATCHES)).isEqualTo(1);
    assertThat(outbox.drained()).isTrue();
  }

  @Test
  void whatIsInFlightWhenTheShopLeavesStaysUnknown() throws IOException {
    int spans = visit();
    outbox.tick(now, Orders.USUAL);
    int queued = visit();
    outbox.abandon(now);

    assertThat(batches().getLast().path("event").asText()).isEqualTo("unknown");
    assertThat(outbox.counts().get(Count.UNKNOWN_SPANS)).isEqualTo(spans);
    assertThat(outbox.counts().get(Count.DROPPED_AT_EXIT)).isEqualTo(queued);
    assertThat(Files.readAllLines(directory.resolve("spans.jsonl"))).hasSize(spans);
  }

  private int visit() {
    Journey journey = customers.next();
    recorder.record(journey);
    return journey.spans();
  }

  private void pass(long millis) {
    now = now.plusMillis(millis);
  }

  private List<JsonNode> batches() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("batches.jsonl"))) {
      lines.add(JsonMapper.builder().build().readTree(line));
    }
    return lines;
  }
}
