// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.load.Body;
import dev.nines.benchmarks.load.Encoding;
import dev.nines.benchmarks.load.SpanBatch;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.Progress;
import dev.nines.telemetry.TelemetryTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Backlogs of batches as role collector writes them, with its progress in each partition. */
final class SpanFeed {

  static final String REGION = "bench";

  private static final String COLLECTOR = "bench-1";
  private static final String TOPIC = TelemetryTopics.in(REGION).name();
  private static final int BODIES = 64;

  /** The spans of all bodies together end within half a minute: four slices. */
  private static final Duration BODY_EVERY = Duration.ofMillis(500);

  private final List<Body> bodies = new ArrayList<>();
  private long batches;

  /**
   * @param now the newest spans are of this moment
   */
  SpanFeed(Instant now) {
    for (int seed = 0; seed < BODIES; seed++) {
      Instant first = now.minus(BODY_EVERY.multipliedBy(BODIES - seed));
      long nanos = TimeUnit.MILLISECONDS.toNanos(first.toEpochMilli());
      bodies.add(new Body(SpanBatch.of(seed, nanos).toByteArray(), Encoding.PLAIN));
    }
  }

  /** Spans of all backlogs so far. */
  long spans() {
    return batches * SpanBatch.SPANS;
  }

  /** Writes a backlog of at least so many spans, which nobody sees yet; returns how many. */
  long write(Backlog to, long spans) {
    long more = Math.ceilDiv(spans, SpanBatch.SPANS);
    to.begin();
    for (long i = 0; i < more; i++) {
      to.write(batch(batches++));
    }
    for (int partition = 0; partition < TelemetryTopics.REGIONAL_PARTITIONS; partition++) {
      to.write(progress(partition));
    }
    to.settle();
    return more * SpanBatch.SPANS;
  }

  private ProducerRecord<byte[], byte[]> batch(long number) {
    byte[] body = bodies.get((int) (number % BODIES)).named(number);
    BatchIdentity identity = new BatchIdentity(number * 0x9E3779B97F4A7C15L, ~number);
    Envelope envelope =
        new Envelope(
            identity,
            SpanPromises.TENANT,
            Envelope.TRACES,
            0,
            1,
            SpanBatch.SPANS,
            Instant.now(),
            COLLECTOR,
            body);
    int partition = (int) (number % TelemetryTopics.REGIONAL_PARTITIONS);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(TOPIC, partition, identity.bytes(), body);
    envelope.headers().forEach(record.headers()::add);
    return record;
  }

  private static ProducerRecord<byte[], byte[]> progress(int partition) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(TOPIC, partition, new byte[0], new byte[0]);
    new Progress(COLLECTOR, 1, Instant.now(), false).headers().forEach(record.headers()::add);
    return record;
  }
}
