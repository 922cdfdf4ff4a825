// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.Progress;
import dev.nines.telemetry.RedRollup;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.telemetry.TraceInterest;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Topic;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** The topology under a clock and a log of its own. */
final class Bench implements AutoCloseable {

  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  final Objectives objectives = new Objectives();
  final CollectorRegistry registry = new CollectorRegistry();
  private final TopologyTestDriver driver;

  Bench(Path state) {
    this(state, Set.of());
  }

  Bench(Path state, Set<String> sampled) {
    ExtractionConfig config =
        ExtractionConfig.of("unused:1", List.of("eu", "us"), state, "0").withSampled(sampled);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "extraction-test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    this.driver =
        new TopologyTestDriver(
            ExtractionTopology.build(
                config, objectives, new ExtractionMetrics(registry), Stores::inMemoryKeyValueStore),
            properties,
            START);
  }

  void send(String region, Envelope envelope, Instant appendedAt) {
    send(region, envelope.identity().bytes(), envelope.body(), envelope.headers(), appendedAt);
  }

  void send(String region, Progress progress, Instant appendedAt) {
    send(region, new byte[0], new byte[0], progress.headers(), appendedAt);
  }

  void send(
      String region, byte[] key, byte[] value, Map<String, byte[]> headers, Instant appendedAt) {
    RecordHeaders list = new RecordHeaders();
    headers.forEach(list::add);
    driver
        .createInputTopic(
            TelemetryTopics.in(region).name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, list, appendedAt));
  }

  void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  List<CountRecord> counts() {
    return values(ObjectiveTopics.SLI_COUNTS, new JsonSerde<>(CountRecord.class)::read);
  }

  List<RedRollup> rollups() {
    return values(TelemetryTopics.RED_ROLLUPS, new JsonSerde<>(RedRollup.class)::read);
  }

  List<AccountingEntry> accounting() {
    return values(TelemetryTopics.ACCOUNTING, new JsonSerde<>(AccountingEntry.class)::read);
  }

  List<TraceInterest> interests() {
    return values(TelemetryTopics.TRACE_INTEREST, new JsonSerde<>(TraceInterest.class)::read);
  }

  List<TestRecord<byte[], byte[]>> records(Topic topic) {
    TestOutputTopic<byte[], byte[]> output =
        driver.createOutputTopic(
            topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return output.readRecordsToList();
  }

  @Override
  public void close() {
    driver.close();
  }

  private <T> List<T> values(Topic topic, Function<byte[], T> read) {
    return records(topic).stream().map(record -> read.apply(record.value())).toList();
  }
}
