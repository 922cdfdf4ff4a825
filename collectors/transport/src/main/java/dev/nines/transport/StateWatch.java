// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Looks every 2 s at the tasks of one application in this process: those that it works on, those
 * whose state it keeps a copy of, and how far the copies are behind. Counts what tasks had to read
 * of their changelogs before they could work: little when a copy was there, else everything.
 */
final class StateWatch implements StateRestoreListener {

  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Counter restored;
  private volatile Optional<HeldState> held = Optional.empty();

  StateWatch(StreamsSettings settings, CollectorRegistry registry) {
    String prefix = settings.application().replace('-', '_') + "_streams_";
    restored =
        Counter.build()
            .name(prefix + "restored_records_total")
            .help("Records of changelogs that tasks read before they could work")
            .register(registry);
    Gauge.build()
        .name(prefix + "instances")
        .help("Processes that are said to share the tasks: nines.instances")
        .register(registry)
        .set(settings.instances());
    Gauge tasks =
        Gauge.build()
            .name(prefix + "tasks")
            .help("Tasks of this process: at work, or copies of others' state")
            .labelNames("kind")
            .register(registry);
    tasks.setChild(shown(HeldState::active, 0), "active");
    tasks.setChild(shown(HeldState::standby, 0), "standby");
    Gauge.build()
        .name(prefix + "behind_records")
        .help("Records of changelogs that copies lack; NaN while Kafka does not say")
        .create()
        .setChild(shown(HeldState::behindRecords, Double.NaN))
        .register(registry);
  }

  private Gauge.Child shown(ToDoubleFunction<HeldState> value, double unknown) {
    return new Gauge.Child() {
      @Override
      public double get() {
        return held.map(value::applyAsDouble).orElse(unknown);
      }
    };
  }

  Optional<HeldState> held() {
    return held;
  }

  /** Until the application has ended, or this thread is interrupted. */
  void follow(KafkaStreams streams, CountDownLatch ended) {
    try {
      while (!ended.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        held = look(streams);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      held = Optional.empty();
    }
  }

  private static Optional<HeldState> look(KafkaStreams streams) {
    if (!streams.state().isRunningOrRebalancing()) {
      return Optional.empty();
    }
    try {
      int active = 0;
      int standby = 0;
      for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
        active += thread.activeTasks().size();
        standby += thread.standbyTasks().size();
      }
      long behind =
          streams.allLocalStorePartitionLags().values().stream()
              .flatMap(store -> store.values().stream())
              .mapToLong(LagInfo::offsetLag)
              .sum();
      return Optional.of(new HeldState(active, standby, behind));
    } catch (StreamsException | IllegalStateException e) {
      return Optional.empty(); // Kafka does not say, or the application ends just now.
    }
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
    // Counted batch by batch.
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long to, long records) {
    restored.inc(records);
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long records) {
    // Counted batch by batch.
  }
}
