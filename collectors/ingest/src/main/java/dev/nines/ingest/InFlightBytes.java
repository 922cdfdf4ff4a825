// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of request bodies that the collectors of a JVM hold, under one bound. A tenant within its
 * guarantee may use all of it. One above is refused from 80 % to 90 % on, the earlier the greater
 * its excess, so that the last tenth is always the others'.
 */
final class InFlightBytes {

  /** Share of the bound that everybody may use. */
  private static final double OPEN = .8;

  /** What a tenant above its guarantee may use beyond, divided by its excess. */
  private static final double BEYOND = .1;

  private final long bound;
  private final AtomicLong held;
  private final @Nullable Share share;

  InFlightBytes(long bound, IngestMetrics metrics) {
    this(bound, new AtomicLong(), null);
    metrics.inFlightBytes(held::get);
  }

  private InFlightBytes(long bound, AtomicLong held, @Nullable Share share) {
    this.bound = bound;
    this.held = held;
    this.share = share;
  }

  /** The same bytes as one tenant may use them. */
  InFlightBytes of(Share tenant) {
    return new InFlightBytes(bound, held, tenant);
  }

  Reservation reserve() {
    return new Reservation();
  }

  boolean exhausted() {
    return held.get() >= limit();
  }

  long held() {
    return held.get();
  }

  /** What a tenant may fill of a room that all share. */
  static long limit(long bound, double excess) {
    return excess <= 1 ? bound : (long) (bound * (OPEN + BEYOND / excess));
  }

  private long limit() {
    return share == null ? bound : limit(bound, share.excess());
  }

  private boolean acquire(long bytes) {
    hold(bytes); // first, so that of many requests at once each sees the others
    long limit = limit();
    long before = held.getAndUpdate(now -> now + bytes > limit ? now : now + bytes);
    boolean granted = before + bytes <= limit;
    if (!granted) {
      hold(-bytes);
    }
    return granted;
  }

  private void release(long bytes) {
    hold(-bytes);
    held.addAndGet(-bytes);
  }

  private void hold(long bytes) {
    if (share != null) {
      share.hold(bytes);
    }
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

    /** Room for what grows beside the bytes that are held now. */
    Room beside() {
      return new Room(bytes, this);
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
