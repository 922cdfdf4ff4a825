// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.fetch;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that many may hold, under one bound. */
public final class ByteBudget {

  private final long bound;
  private final AtomicLong held = new AtomicLong();

  public ByteBudget(long bound) {
    this.bound = bound;
  }

  public Reservation reserve() {
    return new Reservation();
  }

  public long held() {
    return held.get();
  }

  public long bound() {
    return bound;
  }

  /** A share; used by one thread at a time. */
  public final class Reservation implements AutoCloseable {

    private long bytes;

    /** False when there is no room for that many in all. */
    public boolean resize(long total) {
      long more = total - bytes;
      long before = held.getAndUpdate(now -> more > 0 && now + more > bound ? now : now + more);
      boolean fits = more <= 0 || before + more <= bound;
      bytes = fits ? total : bytes;
      return fits;
    }

    public long bytes() {
      return bytes;
    }

    @Override
    public void close() {
      resize(0);
    }
  }
}
