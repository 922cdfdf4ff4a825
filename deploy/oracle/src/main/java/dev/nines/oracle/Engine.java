// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle;

import dev.nines.evaluation.Evaluation;
import dev.nines.evaluation.EvaluationConfig;
import dev.nines.extraction.Extraction;
import dev.nines.extraction.ExtractionConfig;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Generation;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SloStatus;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.Progress;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Topic;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Extraction and evaluation, one behind the other, under one clock. The driver has one partition of
 * each topic, and completeness says so.
 */
final class Engine implements AutoCloseable {

  private static final String SECOND_STAGE = "1_0";
  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);

  private final TopologyTestDriver extraction;
  private final TopologyTestDriver evaluation;
  private final TestInputTopic<byte[], byte[]> counts;
  private final Map<String, TestInputTopic<byte[], byte[]>> regions = new HashMap<>();
  private final Map<Topic, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
  private Instant now;

  Engine(Path folder, Instant start, List<String> regions, Generation generation) {
    this.now = start;
    ExtractionConfig config =
        ExtractionConfig.of("unused:1", regions, folder, "0").withPartitions(1);
    this.extraction =
        driver(
            folder.resolve("extraction"),
            Extraction.topology(
                config,
                List.of(generation),
                new CollectorRegistry(),
                Stores::inMemoryKeyValueStore),
            start);
    this.evaluation =
        driver(
            folder.resolve("evaluation"),
            Evaluation.topology(
                EvaluationConfig.of("unused:1", folder, "0"),
                List.of(generation),
                new CollectorRegistry(),
                Stores::inMemoryKeyValueStore),
            start);
    this.counts = input(evaluation, ObjectiveTopics.SLI_COUNTS.name());
    for (String region : regions) {
      this.regions.put(region, input(extraction, TelemetryTopics.in(region).name()));
    }
  }

  Instant now() {
    return now;
  }

  void batch(String region, String signal, byte[] body, int items, Instant appendedAt) {
    Envelope envelope =
        new Envelope(
            BatchIdentity.of("default", signal, body),
            "default",
            signal,
            0,
            1,
            items,
            appendedAt,
            "collector-" + region,
            body);
    send(region, envelope.identity().bytes(), body, envelope.headers(), appendedAt);
  }

  void report(String region, Instant sentAt, Instant appendedAt) {
    Progress progress = new Progress("collector-" + region, 1, sentAt, false);
    send(region, new byte[0], new byte[0], progress.headers(), appendedAt);
  }

  /** Time passes in extraction, then what it counted is evaluated, then time passes there. */
  void pass(Duration time) {
    now = now.plus(time);
    extraction.advanceWallClockTime(time);
    for (byte[] record : values(extraction, ObjectiveTopics.SLI_COUNTS)) {
      counts.pipeInput(new byte[0], asOfItsTask(record), now);
    }
    evaluation.advanceWallClockTime(time);
  }

  List<SloStatus> statuses() {
    return read(ObjectiveTopics.SLO_STATUS, SloStatus.class);
  }

  List<LedgerDelta> ledger() {
    return read(ObjectiveTopics.SLO_LEDGER, LedgerDelta.class);
  }

  List<BurnRecord.Change> changes() {
    List<BurnRecord.Change> changes = new ArrayList<>();
    for (BurnRecord record : read(ObjectiveTopics.SLO_BURN, BurnRecord.class)) {
      if (record instanceof BurnRecord.Change change) {
        changes.add(change);
      }
    }
    return changes;
  }

  @Override
  public void close() {
    extraction.close();
    evaluation.close();
  }

  private void send(
      String region, byte[] key, byte[] value, Map<String, byte[]> headers, Instant appendedAt) {
    RecordHeaders list = new RecordHeaders();
    headers.forEach(list::add);
    Objects.requireNonNull(regions.get(region), region)
        .pipeInput(new TestRecord<>(key, value, list, appendedAt));
  }

  /** The driver calls every task 0_0, and repeats are known by the task. */
  private static byte[] asOfItsTask(byte[] record) {
    return switch (COUNTS.read(record)) {
      case CompleteTo told ->
          COUNTS.write(
              new CompleteTo(
                  told.region(),
                  told.partition(),
                  1,
                  told.progressAt(),
                  told.completeTo(),
                  told.goodbye(),
                  told.series(),
                  told.series() ? SECOND_STAGE : told.task(),
                  told.seq()));
      case Counts counts ->
          COUNTS.write(
              new Counts(
                  counts.slo(),
                  counts.line(),
                  counts.region(),
                  counts.appendedAt(),
                  counts.groupBy(),
                  counts.cells(),
                  counts.skewed(),
                  counts.source(),
                  counts.partial(),
                  counts.source() == Source.COUNTERS ? SECOND_STAGE : counts.task(),
                  counts.seq()));
      case Past past -> throw new IllegalStateException("extraction counts no past: " + past);
    };
  }

  private <T> List<T> read(Topic topic, Class<T> type) {
    JsonSerde<T> json = new JsonSerde<>(type);
    return values(evaluation, topic).stream().map(json::read).toList();
  }

  private List<byte[]> values(TopologyTestDriver driver, Topic topic) {
    return outputs
        .computeIfAbsent(
            topic,
            t ->
                driver.createOutputTopic(
                    t.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer()))
        .readValuesToList();
  }

  private static TestInputTopic<byte[], byte[]> input(TopologyTestDriver driver, String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static TopologyTestDriver driver(Path state, Topology topology, Instant start) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "oracle");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    return new TopologyTestDriver(topology, properties, start);
  }
}
