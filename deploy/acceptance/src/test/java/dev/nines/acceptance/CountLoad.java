// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slices;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Counts as extraction writes them, of every SLO in every region 10 times a second, some of them
 * late, and the sums that must come out.
 */
final class CountLoad implements AutoCloseable {

  /** Events. */
  record Sum(long good, long total) {

    static final Sum NONE = new Sum(0, 0);

    Sum plus(Sum other) {
      return new Sum(good + other.good, total + other.total);
    }
  }

  private static final long BEAT_MILLIS = 100;
  private static final int BEATS_PER_SECOND = 10;
  private static final int LATE_SECONDS = 90;
  private static final JsonSerde<CountRecord> JSON = new JsonSerde<>(CountRecord.class);

  private final List<SloId> slos;
  private final List<String> regions;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Random random = new Random(11);
  private final Map<String, Sum> truth = new HashMap<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> beats;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long beat;
  private long seq;

  CountLoad(KafkaClients kafka, List<SloId> slos, List<String> regions) {
    this.slos = slos;
    this.regions = regions;
    this.producer = kafka.producer("load");
    beats = clock.scheduleAtFixedRate(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    for (SloId slo : slos) {
      for (String region : regions) {
        count(slo, region);
      }
    }
    if (beat++ % BEATS_PER_SECOND == 0) {
      regions.forEach(this::report);
    }
  }

  private void count(SloId slo, String region) {
    Instant now = Instant.now();
    Instant ended = random.nextInt(20) == 0 ? now.minusSeconds(LATE_SECONDS) : now;
    long total = 1 + random.nextInt(9);
    Sum sum = new Sum(total - random.nextInt(2), total);
    Cell cell = new Cell(Slices.startOf(ended), sum.good(), sum.total());
    String key = slo.toString();
    send(
        new ProducerRecord<>(
            ObjectiveTopics.SLI_COUNTS.name(),
            key.getBytes(UTF_8),
            JSON.write(new Counts(slo, 1, region, now, List.of(cell), 0, "0_0", ++seq))));
    truth.merge(key + "@" + region, sum, Sum::plus);
    truth.merge(key + "@" + SloStatus.GLOBAL, sum, Sum::plus);
  }

  /** To every partition, as extraction does. */
  private void report(String region) {
    Instant now = Instant.now();
    seq++;
    for (int partition = 0; partition < ObjectiveTopics.SLI_COUNTS.partitions(); partition++) {
      CountRecord progress =
          new CompleteTo(region, 0, 1, now, now.minusSeconds(1), false, "0_0", seq);
      send(
          new ProducerRecord<>(
              ObjectiveTopics.SLI_COUNTS.name(),
              partition,
              region.getBytes(UTF_8),
              JSON.write(progress)));
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (metadata, refused) -> {
          if (refused != null) {
            failure.set(refused);
          }
        });
  }

  /** Ends the load: sums by {@code slo@scope} of everything that was sent, all of which is kept. */
  Map<String, Sum> end() {
    assertThat(beats.isDone()).as("the load stopped by itself").isFalse();
    clock.close();
    producer.flush();
    assertThat(failure.get()).as("a record that Kafka did not keep").isNull();
    return truth;
  }

  @Override
  public void close() {
    clock.close();
    producer.close();
  }
}
