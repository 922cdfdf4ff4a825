// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.embedded.ChildProcess;
import dev.nines.embedded.Ports;
import java.nio.file.Path;

/**
 * The OpenTelemetry Collector with receiver otlp and exporter kafka, and nothing but redaction in
 * between.
 */
final class OtelCollector implements Subject {

  /** The subject that promises what we do, whatever it is measured at. */
  static final String EQUAL = "otelcol";

  /** What the exporter does before it answers. */
  enum Setting {
    /** As Nines: acks=all, lz4, and the answer waits for Kafka's, for there is no queue. */
    EQUAL(
        OtelCollector.EQUAL,
        """
            sending_queue:
              enabled: false
            producer:
              required_acks: all
              compression: lz4
        """),
    /** As delivered: the answer is given when the batch is in a queue in memory; acks=1. */
    DEFAULTS("otelcol-defaults", "");

    private final String name;
    private final String exporter;

    Setting(String name, String exporter) {
      this.name = name;
      this.exporter = exporter;
    }

    String subject() {
      return name;
    }

    String topic() {
      return "otlp_spans_" + name;
    }
  }

  private static final String CONFIG =
      """
      receivers:
        otlp:
          protocols:
            grpc:
              endpoint: 127.0.0.1:%d
      %s
      exporters:
        kafka:
          brokers: ["%s"]
          traces:
            topic: %s
      %s
      service:
        telemetry:
          metrics:
            level: none
        pipelines:
          traces:
            receivers: [otlp]
            processors: %s
            exporters: [kafka]
      """;

  private final Setting setting;
  private final int port = Ports.free();
  private final ChildProcess process;

  OtelCollector(Setting setting, Path program, Path folder, String kafka, CardNumbers cards) {
    this.setting = setting;
    process = OtelProcess.start(setting.name, program, folder, config(port, kafka, setting, cards));
  }

  /** Its own metrics are off, in its favour: no endpoint that nobody scrapes here. */
  private static String config(int port, String kafka, Setting setting, CardNumbers cards) {
    return CONFIG.formatted(
        port, cards.processors(), kafka, setting.topic(), setting.exporter, cards.pipeline());
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
  public int port() {
    return port;
  }

  @Override
  public String topic() {
    return setting.topic();
  }

  @Override
  public boolean acknowledgesWhatKafkaHas() {
    return setting == Setting.EQUAL;
  }

  @Override
  public void close() {
    process.kill();
  }
}
