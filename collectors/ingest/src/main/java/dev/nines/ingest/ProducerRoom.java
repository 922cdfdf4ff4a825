// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that one collector waits for Kafka with. Requests queue at the producer's buffer in the
 * order they came; a tenant above its guarantee is refused before the queue is so long that others
 * wait.
 */
final class ProducerRoom {

  private final long bound;
  private final AtomicLong held = new AtomicLong();

  /**
   * @param bound of the producer's buffer
   */
  ProducerRoom(long bound) {
    this.bound = bound;
  }

  /** A tenant within its guarantee may queue. */
  boolean refuses(Share share) {
    double excess = share.excess();
    return excess > 1 && held.get() >= InFlightBytes.limit(bound, excess);
  }

  void hold(long bytes) {
    held.addAndGet(bytes);
  }

  void release(long bytes) {
    held.addAndGet(-bytes);
  }
}
