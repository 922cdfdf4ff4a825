// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.load.Body;
import dev.nines.benchmarks.load.Encoding;
import dev.nines.benchmarks.load.SpanBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes encoded batches to a subject's topic. */
final class Feed implements AutoCloseable {

  private static final int BODIES = 64;

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Body> bodies = new ArrayList<>();

  /** Batches by subject. */
  private final Map<Archiver, Long> written = new HashMap<>();

  private volatile @Nullable Exception failure;

  Feed(String bootstrapServers) {
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

  /** Spans that the subject's topic has by now. */
  long written(Archiver to) {
    return written.getOrDefault(to, 0L) * SpanBatch.SPANS;
  }

  /**
   * Returns once Kafka has them.
   *
   * @return spans that the subject's topic has by now, of all runs
   * @throws BenchFailedException when Kafka refused one
   */
  long write(Archiver to, long spans) {
    long first = written.getOrDefault(to, 0L);
    long next = first + Math.ceilDiv(spans, SpanBatch.SPANS);
    for (long number = first; number < next; number++) {
      byte[] body = bodies.get((int) (number % BODIES)).named(number);
      var _ = producer.send(to.record(number, body), (_, error) -> note(error));
    }
    producer.flush();
    if (failure != null) {
      throw new BenchFailedException("Kafka refused a batch: " + failure);
    }
    written.put(to, next);
    return written(to);
  }

  private void note(@Nullable Exception error) {
    if (error != null && failure == null) {
      failure = error;
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
