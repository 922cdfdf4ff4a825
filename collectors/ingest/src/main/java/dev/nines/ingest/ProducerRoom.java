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

  /**
   * Holds the bytes of a request, or says no. A tenant within its guarantee may always queue. They
   * are held before it is asked, so that of many requests at once each sees the others.
   */
  boolean hold(Share share, long bytes) {
    long before = held.getAndAdd(bytes);
    double excess = share.excess();
    if (excess <= 1 || before < InFlightBytes.limit(bound, excess)) {
      return true;
    }
    release(bytes);
    return false;
  }

  void release(long bytes) {
    held.addAndGet(-bytes);
  }
}
