// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Outbound;
import dev.nines.transport.Sequences;
import dev.nines.transport.Sums;
import dev.nines.transport.Topic;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** A task that can die at any record and be revived with nothing but its stores. */
final class Revived {

  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);

  private final Objectives objectives = new Objectives();
  private final MockProcessorContext<byte[], Outbound> context;
  private CollectorRegistry registry;
  private EvaluationTask task;

  Revived(Path folder, Instant effectiveFrom, Slo... slos) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "revived");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    context = new MockProcessorContext<>(config, new TaskId(0, 0), folder.toFile());
    add(Chunks.builder(Stores.inMemoryKeyValueStore(EvaluationTask.CELLS)));
    add(Lines.heads(Stores.inMemoryKeyValueStore(EvaluationTask.HEADS)));
    add(Lines.alerts(EvaluationTask.ALERTS));
    add(Regions.builder(EvaluationTask.REGIONS));
    add(Vanishings.builder(EvaluationTask.VANISHINGS));
    add(Waits.builder(EvaluationTask.WAITS));
    add(MissingEvents.builder(Stores.inMemoryKeyValueStore(EvaluationTask.MISSING)));
    add(LineSlices.builder(Stores.inMemoryKeyValueStore(EvaluationTask.SLICES)));
    add(Groups.builder(Stores.inMemoryKeyValueStore(EvaluationTask.GROUPS)));
    add(Sums.builder(EvaluationTask.PENDING));
    add(Sequences.builder(EvaluationTask.SEQUENCES));
    objectives.add(new Generation("default", 1, effectiveFrom, List.of(slos)));
    task = revive();
  }

  void die() {
    task = revive();
  }

  void tick(Instant now) {
    context.setCurrentSystemTimeMs(now.toEpochMilli());
    task.tick(now.toEpochMilli());
    task.everySecond(now.toEpochMilli());
  }

  void send(CountRecord record) {
    task.process(new Record<>(new byte[0], COUNTS.write(record), 0));
  }

  /** Emits what the ledger gathered. */
  void flush(Instant now) {
    task.everySecond(now.toEpochMilli());
  }

  /** What was told of policies since the last call. */
  List<BurnRecord.Change> changes() {
    List<BurnRecord.Change> changes =
        sent(ObjectiveTopics.SLO_BURN, BurnRecord.class)
            .filter(BurnRecord.Change.class::isInstance)
            .map(BurnRecord.Change.class::cast)
            .toList();
    reset();
    return changes;
  }

  void apply(long number, Instant from, Slo... slos) {
    objectives.add(new Generation("default", number, from, List.of(slos)));
  }

  /** There are no objectives any more. */
  void withdraw(Instant from) {
    apply(2, from);
  }

  /** Conditions that hold and have not fired yet. */
  long waits() {
    KeyValueStore<String, byte[]> store = context.getStateStore(EvaluationTask.WAITS);
    return store.approximateNumEntries();
  }

  /** What was told since the last reset. */
  List<BurnRecord.Vanished> vanished() {
    return sent(ObjectiveTopics.SLO_BURN, BurnRecord.class)
        .filter(BurnRecord.Vanished.class::isInstance)
        .map(BurnRecord.Vanished.class::cast)
        .toList();
  }

  Stream<SloStatus> statuses() {
    return sent(ObjectiveTopics.SLO_STATUS, SloStatus.class);
  }

  <T> Stream<T> sent(Topic topic, Class<T> type) {
    JsonSerde<T> json = new JsonSerde<>(type);
    return context.forwarded().stream()
        .map(forwarded -> forwarded.record().value())
        .filter(out -> out.topic().equals(topic))
        .map(out -> json.read(out.value()));
  }

  void reset() {
    context.resetForwards();
  }

  KeyValueStore<Bytes, byte[]> missing() {
    return context.getStateStore(EvaluationTask.MISSING);
  }

  /** A counter without labels, of this life. */
  double metric(String name) {
    return registry.getSampleValue(name);
  }

  private EvaluationTask revive() {
    registry = new CollectorRegistry();
    return new EvaluationTask(objectives, new EvaluationMetrics(registry), context, () -> 0);
  }

  private <S extends StateStore> void add(StoreBuilder<S> builder) {
    S store = builder.withCachingDisabled().withLoggingDisabled().build();
    context.addStateStore(store);
    store.init(context.getStateStoreContext(), store);
  }
}
