// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Topic;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** Extraction's own topology, for tests that hold what is made of its output against it. */
public final class LiveExtraction implements AutoCloseable {

  private static final List<String> REGIONS = List.of("eu", "us");
  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);

  private final TopologyTestDriver driver;

  public LiveExtraction(Path state, Instant start, Generation... generations) {
    Objectives objectives = new Objectives();
    for (Generation generation : generations) {
      objectives.add(generation);
    }
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "live-extraction");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    this.driver =
        new TopologyTestDriver(
            ExtractionTopology.build(
                ExtractionConfig.of("unused:1", REGIONS, state, "0"),
                objectives,
                new ExtractionMetrics(new CollectorRegistry()),
                Stores::inMemoryKeyValueStore),
            properties,
            start);
  }

  public void send(String region, Envelope envelope, Instant appendedAt) {
    RecordHeaders headers = new RecordHeaders();
    envelope.headers().forEach(headers::add);
    driver
        .createInputTopic(
            TelemetryTopics.in(region).name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(envelope.identity().bytes(), envelope.body(), headers, appendedAt));
  }

  public void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** Since the last call. */
  public List<Counts> counts() {
    return records(ObjectiveTopics.SLI_COUNTS).stream()
        .map(record -> (Counts) COUNTS.read(record.value()))
        .toList();
  }

  /** What the sink reads, since the last call. */
  public List<ConsumerRecord<byte[], byte[]>> accepted() {
    List<ConsumerRecord<byte[], byte[]>> accepted = new ArrayList<>();
    for (String region : REGIONS) {
      Topic topic = TelemetryTopics.accepted(region);
      for (TestRecord<byte[], byte[]> record : records(topic)) {
        accepted.add(
            new ConsumerRecord<>(
                topic.name(),
                0,
                accepted.size(),
                record.timestamp(),
                TimestampType.LOG_APPEND_TIME,
                record.key().length,
                record.value().length,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty()));
      }
    }
    return accepted;
  }

  @Override
  public void close() {
    driver.close();
  }

  private List<TestRecord<byte[], byte[]>> records(Topic topic) {
    return driver
        .createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }
}
