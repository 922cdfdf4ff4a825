// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.load.SpanBatch;
import dev.nines.embedded.PortUse;
import dev.nines.embedded.Ports;
import dev.nines.embedded.ServerJvm;
import dev.nines.embedded.ServerProcess;
import dev.nines.telemetry.Acceptance;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.TelemetryTopics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Role archive of the built server, alone in its process with the settings of its delivery. */
final class NinesArchive implements Archiver {

  static final String NAME = "nines";
  static final String DATABASE = "nines";

  private static final String REGION = "bench";
  private static final String TENANT = "default";
  private static final String TOPIC = TelemetryTopics.accepted(REGION).name();

  /** What it also reads, and the tokens: it is ready once it reads all. */
  private static final List<String> IDLE_TOPICS =
      List.of(
          TelemetryTopics.RED_ROLLUPS.name(),
          TelemetryTopics.ACCOUNTING.name(),
          "slo.ledger",
          "slo.status",
          "slo.burn",
          "incident.events",
          "control.changes",
          "control.tokens");

  private static final String REMEDY = "another try";

  private final ServerProcess server;

  NinesArchive(Path home, Path folder, String kafka, String clickHouse, KafkaLog log) {
    log.create(TOPIC, TelemetryTopics.REGIONAL_PARTITIONS);
    IDLE_TOPICS.forEach(topic -> log.create(topic, 1));
    Map<String, String> properties =
        Map.of(
            "nines.roles",
            "archive",
            "nines.data",
            folder.resolve(NAME).toString(),
            "nines.regions",
            REGION,
            "nines.kafka.bootstrap-servers",
            kafka,
            "nines.clickhouse.url",
            clickHouse,
            "nines.clickhouse.database",
            DATABASE);
    server =
        ServerProcess.start(
            NAME,
            ServerJvm.jar(home),
            properties,
            List.of(new PortUse(Ports.free(), "health", REMEDY)),
            folder.resolve("nines.out"));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long pid() {
    return server.pid();
  }

  /** As extraction writes it; the task is the partition, and its numbers go up by one. */
  @Override
  public ProducerRecord<byte[], byte[]> record(long number, byte[] batch) {
    int partition = (int) (number % TelemetryTopics.REGIONAL_PARTITIONS);
    Instant now = Instant.now();
    BatchIdentity identity = new BatchIdentity(number, ~number);
    Envelope envelope =
        new Envelope(
            identity, TENANT, Envelope.TRACES, 0, 1, SpanBatch.SPANS, now, "bench-1", batch);
    Map<String, byte[]> headers = new LinkedHashMap<>(envelope.headers());
    long seq = number / TelemetryTopics.REGIONAL_PARTITIONS;
    headers.putAll(new Acceptance(now, REGION, "0_" + partition, seq).headers());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(TOPIC, partition, identity.bytes(), batch);
    headers.forEach(record.headers()::add);
    return record;
  }

  @Override
  public String table() {
    return DATABASE + ".spans";
  }

  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public void close() {
    server.close();
  }
}
