// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SloStatus;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Outbound;
import dev.nines.transport.Topic;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** What a task tells, each kind on its topic. */
final class Outlet {

  private static final JsonSerde<SloStatus> STATUS = new JsonSerde<>(SloStatus.class);
  private static final JsonSerde<BurnRecord> BURN = new JsonSerde<>(BurnRecord.class);
  private static final JsonSerde<LedgerDelta> DELTA = new JsonSerde<>(LedgerDelta.class);

  private final EvaluationMetrics metrics;
  private final ProcessorContext<byte[], Outbound> context;
  private final int partition;

  Outlet(EvaluationMetrics metrics, ProcessorContext<byte[], Outbound> context) {
    this.metrics = metrics;
    this.context = context;
    this.partition = context.taskId().partition();
  }

  void emit(SloStatus status) {
    metrics.statuses.inc();
    send(ObjectiveTopics.SLO_STATUS, status.key(), STATUS.write(status));
  }

  void emit(BurnRecord.Change change) {
    metrics.changes.labels(change.state().name()).inc();
    if (change.state() == BurnRecord.State.FIRING) {
      Duration taken = Duration.between(change.at(), change.decidedAt());
      metrics.decision.observe(Math.max(0, taken.toMillis()) / 1_000.0);
    }
    send(ObjectiveTopics.SLO_BURN, change.slo() + "@" + change.scope(), BURN.write(change));
  }

  void emit(BurnRecord.Vanished vanished) {
    metrics.changes.labels(vanished.state().name()).inc();
    send(ObjectiveTopics.SLO_BURN, vanished.slo() + "@" + vanished.scope(), BURN.write(vanished));
  }

  void emit(LedgerDelta delta) {
    metrics.deltas.inc();
    send(ObjectiveTopics.SLO_LEDGER, delta.slo().toString(), DELTA.write(delta));
  }

  void alive(long nowMillis) {
    BurnRecord alive = new BurnRecord.Alive(partition, Instant.ofEpochMilli(nowMillis));
    send(ObjectiveTopics.SLO_BURN, "alive/" + partition, BURN.write(alive));
  }

  /** To the partition of the same number: one SLO's records keep their order over all scopes. */
  private void send(Topic topic, String key, byte[] value) {
    context.forward(
        new Record<>(
            key.getBytes(UTF_8),
            Outbound.to(topic, partition % topic.partitions(), value),
            context.currentSystemTimeMs()));
  }
}
