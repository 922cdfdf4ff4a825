// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static dev.nines.acceptance.Instances.eventually;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SloId;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of role extraction, each batch sent twice: the second time when another process may
 * have to know the first. One gets SIGKILL and stays away; each span is counted once.
 */
@ExtendWith(OneUp.Away.class)
class ExtractionInstancesTest {

  private static final Duration TAKEOVER = Duration.ofSeconds(30);
  private static final int PARTITIONS = TelemetryTopics.REGIONAL_PARTITIONS;
  private static final int TASKS = PARTITIONS + TelemetryTopics.SERIES_POINTS.partitions();
  private static final int SPANS = 3;
  private static final int BATCHES_BETWEEN = 300;
  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);

  private final List<Envelope> sent = new ArrayList<>();

  @Test
  void theOtherInstanceKnowsEveryBatchThatWasCounted(@TempDir Path folder) throws Exception {
    try (KafkaProcess broker = KafkaProcess.start(folder.resolve("kafka"))) {
      Instances extractions = new Instances("extraction", "extraction", folder, broker);
      KafkaClients kafka = extractions.kafka();
      LogReader log = new LogReader(kafka);
      extractions.publish(List.of(Instances.slo(new SloId("default", "all"))));
      try (RoleProcess a = extractions.start("a");
          RoleProcess b = extractions.start("b")) {
        extractions.awaitShared(TASKS / 2, a, b);
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer("ingest");
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
          clock.scheduleAtFixedRate(() -> send(producer), 0, 20, MILLISECONDS);
          eventually("many are counted", () -> counted(log) > 2L * SPANS * BATCHES_BETWEEN);
          checkTakeover(extractions, a, b, log);
          extractions.awaitAlone(TASKS, b);
        }
        await("each span is counted once")
            .atMost(60, SECONDS)
            .untilAsserted(() -> assertThat(counted(log)).isEqualTo((long) SPANS * sent.size()));
      }
    }
  }

  private static void checkTakeover(
      Instances extractions, RoleProcess killed, RoleProcess other, LogReader log) {
    double before = extractions.restored(other);
    killed.kill();
    Duration taken = accepting(log, Instant.now());
    double restored = extractions.restored(other) - before;
    assertThat(taken).as("until all partitions go on").isLessThan(TAKEOVER);
    assertThat(restored)
        .as("records restored")
        .isLessThan(log.changelogRecords("nines-extraction-") / 10.0);
  }

  /** A new batch, and once more the one of 6 s ago. */
  private void send(KafkaProducer<byte[], byte[]> producer) {
    byte[] body = Batch.of("extraction-" + sent.size(), SPANS).body();
    BatchIdentity identity = BatchIdentity.of("default", Envelope.TRACES, body);
    sent.add(
        new Envelope(
            identity, "default", Envelope.TRACES, 0, 1, SPANS, Instant.EPOCH, "collector-1", body));
    producer.send(record(sent.getLast()));
    if (sent.size() > BATCHES_BETWEEN) {
      producer.send(record(sent.get(sent.size() - 1 - BATCHES_BETWEEN)));
    }
  }

  private static ProducerRecord<byte[], byte[]> record(Envelope batch) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            TelemetryTopics.in("eu").name(), batch.identity().bytes(), batch.body());
    batch.headers().forEach(record.headers()::add);
    return record;
  }

  /** Events of all counts that were committed. */
  private static long counted(LogReader log) {
    AtomicLong total = new AtomicLong();
    log.readAll(
        List.of(ObjectiveTopics.SLI_COUNTS.name()),
        record -> {
          if (COUNTS.read(record.value()) instanceof CountRecord.Counts counts) {
            counts.cells().forEach(cell -> total.addAndGet(cell.total()));
          }
        });
    return total.get();
  }

  /** How long after an instant the last of the partitions accepted a batch, the limit if not. */
  private static Duration accepting(LogReader log, Instant since) {
    Set<Integer> waiting =
        IntStream.range(0, PARTITIONS).boxed().collect(Collectors.toCollection(HashSet::new));
    Instant accepted =
        log.follow(
            TelemetryTopics.accepted("eu").name(),
            since.plus(TAKEOVER),
            record -> {
              if (record.timestamp() > since.toEpochMilli()) {
                waiting.remove(record.partition());
              }
              return waiting.isEmpty();
            });
    return Duration.between(since, accepted);
  }
}
