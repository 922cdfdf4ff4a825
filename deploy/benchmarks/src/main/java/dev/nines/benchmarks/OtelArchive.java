// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.embedded.ChildProcess;
import java.nio.file.Path;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The OpenTelemetry Collector with receiver kafka and exporter clickhouse. */
final class OtelArchive implements Archiver {

  /** When a batch counts as read. */
  enum Setting {
    /** As Nines: only when ClickHouse has it. An insert for each record, for there is no queue. */
    EQUAL(OtelCollector.EQUAL, "false", "", "[]"),
    /**
     * As its README advises: inserts of many rows; what is in memory is lost with the process. More
     * than 10,000 in each of its ten parallel inserts are too many for the engine here.
     */
    BATCHING(
        "otelcol-batching",
        "true",
        """
        processors:
          batch:
            timeout: 1s
            send_batch_size: 10000
            send_batch_max_size: 10000
        """,
        "[batch]");

    private final String name;
    private final String queue;
    private final String processors;
    private final String pipeline;

    Setting(String name, String queue, String processors, String pipeline) {
      this.name = name;
      this.queue = queue;
      this.processors = processors;
      this.pipeline = pipeline;
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
      %s
      exporters:
        clickhouse:
          endpoint: %s
          database: %s
          async_insert: false
          sending_queue:
            enabled: %s
      service:
        telemetry:
          metrics:
            level: none
        pipelines:
          traces:
            receivers: [kafka]
            processors: %s
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
    return CONFIG.formatted(
        kafka,
        setting.name,
        topic(),
        setting.processors,
        clickHouse,
        database(),
        setting.queue,
        setting.pipeline);
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
