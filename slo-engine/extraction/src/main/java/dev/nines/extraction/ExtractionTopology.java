// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.Outbound;
import dev.nines.transport.Sequences;
import dev.nines.transport.Sums;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;

/**
 * Two stages, each one source, one processor, one sink: tasks are partitions.
 *
 * <pre>
 * telemetry.in.* ── extract ──► accepted, sli.counts, ...
 *                      └──► series.points ── series ──► sli.counts
 * </pre>
 */
final class ExtractionTopology {

  private ExtractionTopology() {}

  /**
   * @param disk makes the stores that grow with the traffic
   */
  static Topology build(
      ExtractionConfig config,
      Objectives objectives,
      ExtractionMetrics metrics,
      Function<String, KeyValueBytesStoreSupplier> disk) {
    String[] topics =
        config.regions().stream()
            .map(region -> TelemetryTopics.in(region).name())
            .toArray(String[]::new);
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics);
    topology.addProcessor(
        "extract", () -> new ExtractionProcessor(config, objectives, metrics), "in");
    topology.addStateStore(Seen.builder(disk.apply(ExtractionTask.SEEN)), "extract");
    topology.addStateStore(Sums.builder(ExtractionTask.PENDING), "extract");
    topology.addStateStore(Sequences.builder(ExtractionTask.SEQUENCES), "extract");
    topology.addStateStore(Completion.builder(ExtractionTask.COLLECTORS), "extract");
    Outbound.addSink(topology, "extract");
    topology.addSource(
        "points",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        TelemetryTopics.SERIES_POINTS.name());
    topology.addProcessor("series", () -> new SeriesProcessor(config, metrics), "points");
    topology.addStateStore(Streams.builder(disk.apply(SeriesTask.STREAMS)), "series");
    topology.addStateStore(Sums.builder(SeriesTask.PENDING), "series");
    topology.addStateStore(Sequences.builder(SeriesTask.SEQUENCES), "series");
    topology.addStateStore(SeriesReach.builder(SeriesTask.REACHES), "series");
    Outbound.addSink(topology, "series");
    return topology;
  }
}
