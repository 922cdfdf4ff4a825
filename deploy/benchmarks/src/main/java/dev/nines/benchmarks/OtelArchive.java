// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.embedded.ChildProcess;
import java.nio.file.Path;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The OpenTelemetry Collector with receiver kafka and exporter clickhouse. */
final class OtelArchive implements Archiver {

  /** When a batch counts as read. */
  enum Setting {
    /**
     * As Nines: only when ClickHouse has it; what its four partitions have in flight is one insert.
     */
    EQUAL(
        OtelCollector.EQUAL,
        """
            sending_queue:
              wait_for_result: true
              batch:
                min_size: 2048
        """),
    /** As its README advises: what is in memory is lost with the process. */
    BATCHING(
        "otelcol-batching",
        """
            sending_queue:
              batch:
                min_size: 5000
                flush_timeout: 5s
        """);

    private final String name;
    private final String queue;

    Setting(String name, String queue) {
      this.name = name;
      this.queue = queue;
    }
  }

  private static final String CONFIG =
      """
      receivers:
        kafka:
          brokers: ["%s"]
          group_id: %s
          initial_offset: earliest
          message_marking:
            after: true
          traces:
            topics: [%s]
            encoding: otlp_proto
      exporters:
        clickhouse:
          endpoint: %s
          database: %s
          async_insert: false
      %s
      service:
        telemetry:
          metrics:
            level: none
        pipelines:
          traces:
            receivers: [kafka]
            exporters: [clickhouse]
      """;

  private final Setting setting;
  private final ChildProcess process;

  OtelArchive(
      Setting setting, Path program, Path folder, String kafka, String clickHouse, KafkaLog log) {
    this.setting = setting;
    log.create(topic(), KafkaLog.PARTITIONS);
    process = OtelProcess.start(setting.name, program, folder, config(kafka, clickHouse));
  }

  /** Its own metrics are off, in its favour: no endpoint that nobody scrapes here. */
  private String config(String kafka, String clickHouse) {
    return CONFIG.formatted(kafka, setting.name, topic(), clickHouse, database(), setting.queue);
  }

  private String topic() {
    return "otlp_archive_" + setting.name;
  }

  private String database() {
    return setting.name.replace('-', '_');
  }

  @Override
  public String name() {
    return setting.name;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public ProducerRecord<byte[], byte[]> record(long number, byte[] batch) {
    return new ProducerRecord<>(topic(), (int) (number % KafkaLog.PARTITIONS), null, batch);
  }

  @Override
  public String table() {
    return database() + ".otel_traces";
  }

  /** A retry after a timeout writes rows again. */
  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public void close() {
    process.kill();
  }
}
