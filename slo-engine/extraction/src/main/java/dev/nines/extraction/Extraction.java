// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.Check;
import dev.nines.transport.HeldState;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.LiveTable;
import dev.nines.transport.RocksMemory;
import dev.nines.transport.StreamsRole;
import dev.nines.transport.Topic;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * The role extraction: reads {@code telemetry.in} of the given regions, drops repeats, forwards to
 * {@code telemetry.accepted} and counts spans and metrics, exactly once over any crash.
 */
public final class Extraction implements AutoCloseable {

  private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(30);

  private final LiveTable table;
  private final StreamsRole role;

  /**
   * @param memory shared by the roles of this process; the caller closes it after them
   */
  public Extraction(ExtractionConfig config, RocksMemory memory, CollectorRegistry registry) {
    KafkaClients kafka = new KafkaClients(config.streams().bootstrapServers());
    Objectives objectives = new Objectives();
    ExtractionMetrics metrics = new ExtractionMetrics(registry);
    Gauge.build()
        .name("nines_extraction_generations")
        .help("Generations of objectives that slices may still need")
        .create()
        .setChild(
            new Gauge.Child() {
              @Override
              public double get() {
                return objectives.generations();
              }
            })
        .register(registry);
    this.table = objectives.table(kafka);
    this.role =
        new StreamsRole(
            config.streams(),
            memory,
            () -> prepare(config, kafka),
            () ->
                ExtractionTopology.build(
                    config, objectives, metrics, Stores::persistentKeyValueStore),
            registry);
  }

  /**
   * What counts, over given generations and in one's own hands: a proof brings a clock of its own.
   *
   * @param disk makes the stores that grow with the traffic
   */
  public static Topology topology(
      ExtractionConfig config,
      List<Generation> generations,
      CollectorRegistry registry,
      Function<String, KeyValueBytesStoreSupplier> disk) {
    Objectives objectives = new Objectives();
    generations.forEach(objectives::add);
    return ExtractionTopology.build(config, objectives, new ExtractionMetrics(registry), disk);
  }

  /** Returns at once; {@link #check} tells when it counts. */
  public void start() {
    role.start();
  }

  public Check check() {
    return role.check();
  }

  /** What of the state is in this process; empty while that is not known. */
  public Optional<HeldState> held() {
    return role.held();
  }

  @Override
  public void close() {
    role.close();
    table.close();
  }

  private void prepare(ExtractionConfig config, KafkaClients kafka) {
    Stream<Topic> regional =
        config.regions().stream()
            .flatMap(
                region -> Stream.of(TelemetryTopics.in(region), TelemetryTopics.accepted(region)));
    Stream<Topic> shared =
        Stream.of(
            ObjectiveTopics.OBJECTIVES,
            ObjectiveTopics.SLI_COUNTS,
            TelemetryTopics.SERIES_POINTS,
            TelemetryTopics.RED_ROLLUPS,
            TelemetryTopics.ACCOUNTING,
            TelemetryTopics.QUARANTINE);
    List<Topic> topics = new ArrayList<>(Stream.concat(regional, shared).toList());
    if (!config.sampledTenants().isEmpty()) {
      topics.add(TelemetryTopics.TRACE_INTEREST);
    }
    kafka.create(topics);
    table.awaitComplete(TABLE_TIMEOUT);
  }
}
