// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of request bodies that the collectors of a JVM hold, under one bound. */
final class InFlightBytes {

  private final long bound;
  private final AtomicLong held = new AtomicLong();

  InFlightBytes(long bound, IngestMetrics metrics) {
    this.bound = bound;
    metrics.inFlightBytes(held::get);
  }

  Reservation reserve() {
    return new Reservation();
  }

  boolean exhausted() {
    return held.get() >= bound;
  }

  long held() {
    return held.get();
  }

  private boolean acquire(long bytes) {
    long before = held.getAndUpdate(now -> now + bytes > bound ? now : now + bytes);
    return before + bytes <= bound;
  }

  private void release(long bytes) {
    held.addAndGet(-bytes);
  }

  /** The share of one request; used by one thread at a time. */
  final class Reservation implements AutoCloseable {

    private long bytes;

    /** False when the bound does not allow that many in total. */
    boolean grow(long total) {
      if (total > bytes && !acquire(total - bytes)) {
        return false;
      }
      bytes = Math.max(bytes, total);
      return true;
    }

    boolean canEverHold(long total) {
      return total <= bound;
    }

    void shrink(long total) {
      release(bytes - total);
      bytes = total;
    }

    @Override
    public void close() {
      shrink(0);
    }
  }
}
