// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.replay;

import dev.nines.backtest.history.AcceptedLog.Batch;
import dev.nines.extraction.Extraction;
import dev.nines.extraction.ExtractionConfig;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.JsonSerde;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** Extraction itself, without a broker: batches that counted are counted again. */
final class Recount implements AutoCloseable {

  /** What the driver holds of its outputs, in batches; some 100 MB of the largest. */
  private static final int BATCHES_HELD_MAX = 64;

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);

  private final Consumer<Counts> counted;
  private final TopologyTestDriver driver;
  private final Map<String, TestInputTopic<byte[], byte[]>> regions = new HashMap<>();
  private int held;

  /**
   * @param folder empty, for as long as it counts
   */
  Recount(
      Path folder,
      Collection<String> regions,
      List<Generation> generations,
      Consumer<Counts> counted) {
    this.counted = counted;
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "recount");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    ExtractionConfig config =
        ExtractionConfig.of("unused:1", List.copyOf(regions), folder, "0").withPartitions(1);
    this.driver =
        new TopologyTestDriver(
            Extraction.topology(
                config, generations, new CollectorRegistry(), Stores::inMemoryKeyValueStore),
            properties,
            Instant.EPOCH);
    for (String region : regions) {
      this.regions.put(
          region,
          driver.createInputTopic(
              TelemetryTopics.in(region).name(),
              new ByteArraySerializer(),
              new ByteArraySerializer()));
    }
  }

  void take(Batch batch) {
    String region = batch.acceptance().region();
    Objects.requireNonNull(regions.get(region), region)
        .pipeInput(
            new TestRecord<>(
                batch.key(), batch.body(), batch.headers(), batch.acceptance().appendedAt()));
    if (++held == BATCHES_HELD_MAX) {
      finish();
    }
  }

  /** Everything that was taken is told. */
  void finish() {
    driver.advanceWallClockTime(SECOND);
    for (String topic : driver.producedTopicNames()) {
      List<byte[]> values =
          driver
              .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readValuesToList();
      if (topic.equals(ObjectiveTopics.SLI_COUNTS.name())) {
        values.forEach(this::tell);
      }
    }
    held = 0;
  }

  private void tell(byte[] value) {
    if (COUNTS.read(value) instanceof Counts counts) {
      counted.accept(counts);
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
