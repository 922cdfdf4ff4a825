// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.ObjectiveTopics;
import dev.nines.transport.Outbound;
import dev.nines.transport.Sequences;
import dev.nines.transport.Sums;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;

/** One source, one processor, one sink: tasks are the partitions of {@code sli.counts}. */
final class EvaluationTopology {

  private EvaluationTopology() {}

  /**
   * @param disk makes the stores that grow with the number of budgets
   * @param nanoTime see {@link SpareTime}
   */
  static Topology build(
      EvaluationConfig config,
      Objectives objectives,
      EvaluationMetrics metrics,
      Function<String, KeyValueBytesStoreSupplier> disk,
      LongSupplier nanoTime) {
    Topology topology = new Topology();
    topology.addSource(
        "in",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        ObjectiveTopics.SLI_COUNTS.name());
    topology.addProcessor(
        "evaluate", () -> new EvaluationProcessor(config, objectives, metrics, nanoTime), "in");
    topology.addStateStore(Chunks.builder(disk.apply(EvaluationTask.CELLS)), "evaluate");
    topology.addStateStore(Lines.heads(disk.apply(EvaluationTask.HEADS)), "evaluate");
    topology.addStateStore(Lines.alerts(EvaluationTask.ALERTS), "evaluate");
    topology.addStateStore(Regions.builder(EvaluationTask.REGIONS), "evaluate");
    topology.addStateStore(Vanishings.builder(EvaluationTask.VANISHINGS), "evaluate");
    topology.addStateStore(Waits.builder(EvaluationTask.WAITS), "evaluate");
    topology.addStateStore(MissingEvents.builder(disk.apply(EvaluationTask.MISSING)), "evaluate");
    topology.addStateStore(LineSlices.builder(disk.apply(EvaluationTask.SLICES)), "evaluate");
    topology.addStateStore(Groups.builder(disk.apply(EvaluationTask.GROUPS)), "evaluate");
    topology.addStateStore(Sums.builder(EvaluationTask.PENDING), "evaluate");
    topology.addStateStore(Sequences.builder(EvaluationTask.SEQUENCES), "evaluate");
    Outbound.addSink(topology, "evaluate");
    return topology;
  }
}
