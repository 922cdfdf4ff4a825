// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import dev.nines.backtest.history.Entry.Counted;
import dev.nines.backtest.history.Entry.Filled;
import dev.nines.backtest.history.Entry.Logged;
import dev.nines.backtest.history.Entry.Reported;
import dev.nines.evaluation.Evaluation;
import dev.nines.evaluation.EvaluationConfig;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slo;
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
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;

/**
 * The engine itself, without a broker: the log goes through the topology of evaluation, whose clock
 * is that of the log. So a backtest decides as the engine decides, boundaries, silences and late
 * data included.
 */
final class Playback implements AutoCloseable {

  /** As often as the engine looks at its boundaries. */
  private static final long STEP_MILLIS = 500;

  private static final long BOUNDARY_MILLIS = 10_000;
  private static final String TASK = "played";
  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);
  private static final JsonSerde<BurnRecord> BURNS = new JsonSerde<>(BurnRecord.class);

  private final List<Generation> generations;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> log;
  private final Map<Topic, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
  private final List<BurnRecord.Change> changes = new ArrayList<>();
  private long nowMillis;
  private long seq;

  /**
   * @param folder empty, for as long as it plays
   * @param start not after the first record
   */
  Playback(Path folder, List<Generation> generations, Instant start) {
    this.generations = generations;
    this.nowMillis = Math.floorDiv(start.toEpochMilli(), BOUNDARY_MILLIS) * BOUNDARY_MILLIS;
    EvaluationConfig config = EvaluationConfig.of("unused:1", folder, "0");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "playback");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    this.driver =
        new TopologyTestDriver(
            Evaluation.topology(
                config, generations, new CollectorRegistry(), Stores::inMemoryKeyValueStore),
            properties,
            Instant.ofEpochMilli(nowMillis));
    this.log =
        driver.createInputTopic(
            ObjectiveTopics.SLI_COUNTS.name(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void take(Logged logged) {
    passTo(logged.at());
    seq++;
    CountRecord record =
        switch (logged) {
          case Counted counted -> counted.record(TASK, seq);
          case Filled filled -> filled.record(played(filled.past().slo()), TASK, seq);
          case Reported reported -> reported.record(TASK, seq);
        };
    log.pipeInput(new byte[0], COUNTS.write(record), Instant.ofEpochMilli(nowMillis));
  }

  /** With the policies that are played, not those that it had. */
  private Slo played(Slo recorded) {
    return generations.stream()
        .flatMap(generation -> generation.slos().stream())
        .filter(slo -> slo.id().equals(recorded.id()) && slo.line() == recorded.line())
        .findFirst()
        .orElse(recorded);
  }

  /** Everything told up to the last record, in its order. */
  List<BurnRecord.Change> changes() {
    drain();
    return List.copyOf(changes);
  }

  private void passTo(long millis) {
    while (nowMillis < millis) {
      long tick = Math.floorDiv(nowMillis, STEP_MILLIS) * STEP_MILLIS + STEP_MILLIS;
      long next = Math.min(millis, tick);
      driver.advanceWallClockTime(Duration.ofMillis(next - nowMillis));
      nowMillis = next;
      if (next == tick) {
        drain();
      }
    }
  }

  private void drain() {
    for (byte[] told : values(ObjectiveTopics.SLO_BURN)) {
      if (BURNS.read(told) instanceof BurnRecord.Change change) {
        changes.add(change);
      }
    }
    values(ObjectiveTopics.SLO_STATUS);
    values(ObjectiveTopics.SLO_LEDGER);
  }

  /** What came since the last call. The driver complains about a topic that has nothing yet. */
  private List<byte[]> values(Topic topic) {
    return driver.producedTopicNames().contains(topic.name())
        ? outputs
            .computeIfAbsent(
                topic,
                each ->
                    driver.createOutputTopic(
                        each.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer()))
            .readValuesToList()
        : List.of();
  }

  @Override
  public void close() {
    driver.close();
  }
}
