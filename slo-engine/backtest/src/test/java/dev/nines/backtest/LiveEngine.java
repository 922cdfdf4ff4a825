// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import dev.nines.backtest.RandomDay.Sent;
import dev.nines.evaluation.Evaluation;
import dev.nines.evaluation.EvaluationConfig;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.Generation;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Topic;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology of evaluation on the records as extraction writes them, with nothing of ours
 * between.
 */
public final class LiveEngine {

  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);
  private static final JsonSerde<BurnRecord> BURNS = new JsonSerde<>(BurnRecord.class);
  private static final JsonSerde<LedgerDelta> DELTAS = new JsonSerde<>(LedgerDelta.class);

  private final List<BurnRecord.Change> changes = new ArrayList<>();
  private final List<LedgerDelta> ledger = new ArrayList<>();

  public LiveEngine(Path folder, Generation generation, List<Sent> sent) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "live");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    try (TopologyTestDriver driver =
        new TopologyTestDriver(
            Evaluation.topology(
                EvaluationConfig.of("unused:1", folder, "0"),
                List.of(generation),
                new CollectorRegistry(),
                Stores::inMemoryKeyValueStore),
            properties,
            RandomDay.START)) {
      run(driver, sent);
    }
  }

  /** Up to the last record. */
  public List<BurnRecord.Change> changes() {
    return changes;
  }

  /** Also what was read last: the ledger is told each second. */
  public List<LedgerDelta> ledger() {
    return ledger;
  }

  private void run(TopologyTestDriver driver, List<Sent> sent) {
    TestInputTopic<byte[], byte[]> log =
        driver.createInputTopic(
            ObjectiveTopics.SLI_COUNTS.name(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    long now = RandomDay.START.toEpochMilli();
    for (Sent each : sent) {
      while (now < each.at()) {
        long step = Math.min(each.at() - now, 500 - now % 500);
        driver.advanceWallClockTime(Duration.ofMillis(step));
        now += step;
        drain(driver);
      }
      log.pipeInput(new byte[0], COUNTS.write(each.record()), Instant.ofEpochMilli(now));
    }
    drain(driver);
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    values(driver, ObjectiveTopics.SLO_LEDGER).forEach(delta -> ledger.add(DELTAS.read(delta)));
  }

  private void drain(TopologyTestDriver driver) {
    for (byte[] told : values(driver, ObjectiveTopics.SLO_BURN)) {
      if (BURNS.read(told) instanceof BurnRecord.Change change) {
        changes.add(change);
      }
    }
    values(driver, ObjectiveTopics.SLO_LEDGER).forEach(delta -> ledger.add(DELTAS.read(delta)));
    values(driver, ObjectiveTopics.SLO_STATUS);
  }

  private static List<byte[]> values(TopologyTestDriver driver, Topic topic) {
    return driver.producedTopicNames().contains(topic.name())
        ? driver
            .createOutputTopic(
                topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readValuesToList()
        : List.of();
  }
}
