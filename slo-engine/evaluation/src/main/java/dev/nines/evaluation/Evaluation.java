// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.transport.Check;
import dev.nines.transport.HeldState;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.LiveTable;
import dev.nines.transport.RocksMemory;
import dev.nines.transport.StreamsRole;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * The role engine: reads {@code sli.counts} and writes {@code slo.status}, {@code slo.ledger} and
 * {@code slo.burn}, exactly once over any crash.
 */
public final class Evaluation implements AutoCloseable {

  private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(30);

  private final LiveTable table;
  private final StreamsRole role;

  /**
   * @param memory shared by the roles of this process; the caller closes it after them
   */
  public Evaluation(EvaluationConfig config, RocksMemory memory, CollectorRegistry registry) {
    KafkaClients kafka = new KafkaClients(config.streams().bootstrapServers());
    Objectives objectives = new Objectives();
    EvaluationMetrics metrics = new EvaluationMetrics(registry);
    this.table = objectives.table(kafka);
    this.role =
        new StreamsRole(
            config.streams(),
            memory,
            () -> prepare(kafka),
            () ->
                EvaluationTopology.build(
                    config, objectives, metrics, Stores::persistentKeyValueStore, System::nanoTime),
            registry);
  }

  /**
   * What evaluates, over given generations and in one's own hands: a proof brings a clock of its
   * own.
   *
   * @param disk makes the stores that grow with the number of budgets
   */
  public static Topology topology(
      EvaluationConfig config,
      List<Generation> generations,
      CollectorRegistry registry,
      Function<String, KeyValueBytesStoreSupplier> disk) {
    Objectives objectives = new Objectives();
    generations.forEach(objectives::add);
    return EvaluationTopology.build(
        config, objectives, new EvaluationMetrics(registry), disk, () -> 0);
  }

  /** Returns at once; {@link #check} tells when it evaluates. */
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

  private void prepare(KafkaClients kafka) {
    kafka.create(
        List.of(
            ObjectiveTopics.OBJECTIVES,
            ObjectiveTopics.SLI_COUNTS,
            ObjectiveTopics.SLO_STATUS,
            ObjectiveTopics.SLO_LEDGER,
            ObjectiveTopics.SLO_BURN));
    table.awaitComplete(TABLE_TIMEOUT);
  }
}
