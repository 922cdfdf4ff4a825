// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.Outbound;
import dev.nines.transport.Sequences;
import dev.nines.transport.Sums;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/** One source for the topics of all regions, one processor, one sink: tasks are partitions. */
final class ExtractionTopology {

  private ExtractionTopology() {}

  static Topology build(ExtractionConfig config, Objectives objectives, ExtractionMetrics metrics) {
    String[] topics =
        config.regions().stream()
            .map(region -> TelemetryTopics.in(region).name())
            .toArray(String[]::new);
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics);
    topology.addProcessor(
        "extract", () -> new ExtractionProcessor(config, objectives, metrics), "in");
    topology.addStateStore(Seen.builder(ExtractionTask.SEEN), "extract");
    topology.addStateStore(Sums.builder(ExtractionTask.PENDING), "extract");
    topology.addStateStore(Sequences.builder(ExtractionTask.SEQUENCES), "extract");
    topology.addStateStore(Completion.builder(ExtractionTask.COLLECTORS), "extract");
    Outbound.addSink(topology, "extract");
    return topology;
  }
}
