// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.load.Body;
import dev.nines.benchmarks.load.Encoding;
import dev.nines.benchmarks.load.SpanBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes encoded batches to a subject's topic at a fixed rate, whatever the subject does. */
final class Feed implements AutoCloseable {

  private static final int BODIES = 64;

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Body> bodies = new ArrayList<>();
  private final Map<Archiver, AtomicLong> written = new HashMap<>();
  private volatile @Nullable Exception failure;
  private final int spansPerSecond;

  Feed(String bootstrapServers, int spansPerSecond) {
    this.spansPerSecond = spansPerSecond;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "compression.type",
                "lz4",
                "linger.ms",
                5,
                "max.request.size",
                2 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    for (int seed = 0; seed < BODIES; seed++) {
      bodies.add(new Body(SpanBatch.of(seed).toByteArray(), Encoding.PLAIN));
    }
  }

  /** Begins now, in a thread of its own, until {@link Flow#stop}. */
  Flow open(Archiver to) {
    return new Flow(to, written.computeIfAbsent(to, _ -> new AtomicLong()));
  }

  @Override
  public void close() {
    producer.close();
  }

  /** One run. */
  final class Flow {
    private final Archiver to;
    private final AtomicLong batches;
    private final long first;
    private final long began = System.nanoTime();
    private final Thread thread;
    private volatile boolean over;
    private long dueBatches;

    private Flow(Archiver to, AtomicLong batches) {
      this.to = to;
      this.batches = batches;
      this.first = batches.get();
      thread = Thread.ofPlatform().name("feed").start(this::run);
    }

    private void run() {
      long everyNanos = TimeUnit.SECONDS.toNanos(SpanBatch.SPANS) / spansPerSecond;
      for (long i = 0; !over; i++) {
        long due = began + i * everyNanos;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        long number = batches.get();
        byte[] body = bodies.get((int) (number % BODIES)).named(number);
        var _ = producer.send(to.record(number, body), (_, error) -> note(error));
        batches.incrementAndGet();
      }
      dueBatches = (System.nanoTime() - began) / everyNanos;
    }

    private void note(@Nullable Exception error) {
      if (error != null && failure == null) {
        failure = error;
      }
    }

    /**
     * Spans that the subject's topic has by now, of all runs.
     *
     * @throws BenchFailedException when Kafka refused one, or the feed fell behind by 5 %
     */
    long stop() {
      over = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchFailedException("interrupted while spans were written");
      }
      producer.flush();
      if (failure != null) {
        throw new BenchFailedException("Kafka refused a batch: " + failure);
      }
      if (batches.get() - first < 0.95 * dueBatches) {
        throw new BenchFailedException("the feed fell behind; try a lower --rate");
      }
      return batches.get() * SpanBatch.SPANS;
    }
  }
}
