// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.telemetry.Progress;
import dev.nines.telemetry.TelemetryTopics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The once-a-second work of a collector: reaches Kafka, then writes progress and accounting. */
final class Beat implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Beat.class);
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final CollectorConfig config;
  private final RegionLog log;
  private final PendingRequests requests;
  private final Accounting accounting;
  private final InstantSource clock;
  private final CountDownLatch stop = new CountDownLatch(1);
  private List<Future<?>> last = List.of();
  private volatile Instant acknowledgedAt;

  Beat(
      CollectorConfig config,
      RegionLog log,
      PendingRequests requests,
      Accounting accounting,
      InstantSource clock) {
    this.config = config;
    this.log = log;
    this.requests = requests;
    this.accounting = accounting;
    this.clock = clock;
    this.acknowledgedAt = clock.instant();
  }

  @Override
  public void run() {
    try {
      do {
        if (log.isOpen() || reached()) {
          beat(false);
        }
      } while (!stop.await(1, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void stop() {
    stop.countDown();
  }

  /** The last record of this life; the caller has stopped the loop and all requests. */
  void goodbye() {
    beat(true);
  }

  Optional<String> check() {
    if (!log.isOpen()) {
      return Optional.of("Kafka not reached yet, topics of region " + config.region());
    }
    return acknowledgedAt.plus(SILENCE).isBefore(clock.instant())
        ? Optional.of("no progress record acknowledged by Kafka since " + acknowledgedAt)
        : Optional.empty();
  }

  private boolean reached() {
    try {
      log.open();
      LOG.info("collector {} of region {} writes to Kafka", config.collectorId(), config.region());
      return true;
    } catch (KafkaException | IllegalStateException e) {
      LOG.warn("collector {} waits for Kafka: {}", config.collectorId(), e.getMessage());
      return false;
    }
  }

  private void beat(boolean goodbye) {
    if (last.stream().allMatch(sent -> sent.state() == Future.State.SUCCESS)) {
      acknowledgedAt = clock.instant();
    }
    Progress progress =
        new Progress(config.collectorId(), config.epoch(), requests.completeTo(), goodbye);
    List<Future<?>> sent = new ArrayList<>();
    last = sent;
    for (int partition = 0; partition < TelemetryTopics.REGIONAL_PARTITIONS; partition++) {
      Future<RecordMetadata> next = log.send(progress, partition);
      sent.add(next);
      if (next.state() == Future.State.FAILED) {
        return; // Kafka is away, and each further record would wait as long as this one did
      }
    }
    accounting.flush();
  }
}
