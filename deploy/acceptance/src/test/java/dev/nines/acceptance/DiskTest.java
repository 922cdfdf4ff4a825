// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.Addresses;
import io.grpc.Status;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Telemetry is refused before the disk is full; {@link FullDiskProof} goes on from there. */
class DiskTest {

  private static final String INPUT = "telemetry.in.master";
  static final int DISK_MEBIBYTES = 900;
  static final long MIB = 1 << 20;
  private static final int SPANS = 20;
  private static final int NOISE = 50_000;
  private static final int BATCHES_MAX = 300;

  @Test
  void belowTheReserveTelemetryIsRefusedAndWithRoomAgainTakenAgain() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(DISK_MEBIBYTES);
        Up up = Up.start(disk.path(), "nines.disk-reserve-bytes=" + 100 * MIB)) {
      disk.leave(110 * MIB);
      List<Batch> acknowledged = sendUntilRefused(up, "reserve");
      assertThat(acknowledged).isNotEmpty();
      assertThat(disk.freeBytes()).isGreaterThan(50 * MIB);
      assertRefused(up);
      disk.throwOffBallast();
      await().atMost(30, SECONDS).until(() -> sent(up, Batch.of("room again", 1), acknowledged));
      assertStored(up, acknowledged);
    }
  }

  private static void assertRefused(Up up) {
    Batch batch = Batch.of("below the reserve", 3);
    long before = batchesOnKafka(Addresses.read(up.data()).kafka());
    HttpResponse<String> answer = up.otlp().http(batch.body(), Optional.empty());
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(up.otlp().grpc(batch.body(), Optional.empty())).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(up.http().get("/health").body()).contains("less than the reserve");
    assertThat(batchesOnKafka(Addresses.read(up.data()).kafka())).isEqualTo(before);
    assertThat(up.http().get("/api/v1/incidents").statusCode()).isEqualTo(200);
  }

  /** Sends batches of about 1 MB until one is not acknowledged; those that were. */
  static List<Batch> sendUntilRefused(Up up, String name) {
    List<Batch> acknowledged = new ArrayList<>();
    for (int i = 0; i < BATCHES_MAX; i++) {
      if (!sent(up, Batch.of(name + i, SPANS, NOISE), acknowledged)) {
        return acknowledged;
      }
    }
    throw new AssertionError(BATCHES_MAX + " batches were acknowledged");
  }

  static boolean sent(Up up, Batch batch, Collection<Batch> acknowledged) {
    int status = up.otlp().http(batch.body(), Optional.empty()).statusCode();
    assertThat(status).isIn(200, 503);
    return status == 200 && acknowledged.add(batch);
  }

  static void assertStored(Up up, List<Batch> acknowledged) {
    for (Batch batch : acknowledged) {
      await().atMost(90, SECONDS).until(() -> up.stored(batch) == batch.spans());
    }
  }

  /** Records of the region's input that are no progress marks. */
  private static long batchesOnKafka(String bootstrapServers) {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(INPUT).stream()
              .map(info -> new TopicPartition(INPUT, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long batches = 0;
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (var each : consumer.poll(Duration.ofSeconds(1))) {
          batches += each.value() != null && each.value().length > 0 ? 1 : 0;
        }
      }
      return batches;
    }
  }
}
