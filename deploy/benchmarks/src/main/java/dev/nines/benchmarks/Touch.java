// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.transport.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Touches all budgets in turn, a twentieth a second, as extraction does: in pieces of 50 ms, each
 * acknowledged by all replicas. The first region's budget of each SLO is waited for until its
 * status shows what was acknowledged.
 */
final class Touch implements AutoCloseable {

  private static final Duration PIECE = Duration.ofMillis(50);
  private static final Duration VISIBLE_WITHIN = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int PIECES_PER_SECOND = 20;
  private static final double OFFERED_MIN = 0.95;

  private final Budgets budgets;
  private final CountStream stream;
  private final KafkaProducer<byte[], byte[]> producer;
  private final StatusWatch watch;
  private volatile @Nullable Exception failure;
  private double budgetsPerSecond;

  Touch(String broker, Budgets budgets, CountStream stream) {
    this.budgets = budgets;
    this.stream = stream;
    producer = new KafkaClients(broker).producer("touch");
    watch = new StatusWatch(broker);
  }

  /**
   * An open loop: each piece has its time, whatever the engine does.
   *
   * @throws BenchFailedException when the machine cannot offer so much
   */
  void hold(Duration length) {
    long pieces = length.dividedBy(PIECE);
    long began = System.nanoTime();
    long slos = 0;
    for (int piece = 0; piece < pieces; piece++) {
      long wait = began + piece * PIECE.toNanos() - System.nanoTime();
      LockSupport.parkNanos(Math.max(0, wait));
      slos += touch(piece);
    }
    producer.flush();
    if (failure != null) {
      throw new BenchFailedException("Kafka refused a count record: " + failure);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    budgetsPerSecond = slos * Budgets.SCOPES / seconds;
    if (seconds * OFFERED_MIN > length.toSeconds()) {
      throw new BenchFailedException(
          "what is due in %d s took %.0f s to write".formatted(length.toSeconds(), seconds));
    }
  }

  double budgetsPerSecond() {
    return budgetsPerSecond;
  }

  /**
   * How long each budget that was waited for took to be visible, in ms.
   *
   * @throws BenchFailedException when one does not come
   */
  List<Double> awaitVisible() {
    long until = System.nanoTime() + VISIBLE_WITHIN.toNanos();
    while (watch.missing() > 0) {
      if (System.nanoTime() > until) {
        throw new BenchFailedException(watch.missing() + " budgets never showed their events");
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return watch.millis();
  }

  private int touch(int piece) {
    int perRound = EngineOptions.ROUND_SECONDS * PIECES_PER_SECOND;
    int inRound = piece % perRound;
    int first = (int) ((long) budgets.slos() * inRound / perRound);
    int end = (int) ((long) budgets.slos() * (inRound + 1) / perRound);
    Instant now = Instant.now();
    for (int slo = first; slo < end; slo++) {
      for (int region = 0; region < Budgets.REGIONS.size(); region++) {
        send(stream.counts(slo, region, now), slo, region);
      }
    }
    if (piece % PIECES_PER_SECOND == 0) {
      for (ProducerRecord<byte[], byte[]> record : stream.progress(now)) {
        var _ = producer.send(record, (_, error) -> note(error));
      }
    }
    return end - first;
  }

  private void send(ProducerRecord<byte[], byte[]> record, int slo, int region) {
    String key = budgets.slo(slo) + "@" + Budgets.REGIONS.get(region);
    long total = stream.total(slo, region);
    var _ =
        producer.send(
            record,
            (_, error) -> {
              note(error);
              if (error == null && region == 0) {
                watch.acknowledged(key, total);
              }
            });
  }

  private void note(@Nullable Exception error) {
    if (error != null && failure == null) {
      failure = error;
    }
  }

  @Override
  public void close() {
    producer.close();
    watch.close();
  }
}
