// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import dev.nines.benchmarks.BenchFailedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread for each tenant that sends what ended since the last second. */
final class Clients implements AutoCloseable {

  private static final long SECOND_MILLIS = 1_000;
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private volatile boolean closed;

  private Clients(InstantSource clock) {
    this.clock = clock;
  }

  static Clients start(List<Tenant> tenants, InstantSource clock) {
    Clients clients = new Clients(clock);
    for (Tenant tenant : tenants) {
      clients.threads.add(Thread.ofVirtual().name(tenant.name()).start(() -> clients.send(tenant)));
    }
    return clients;
  }

  /**
   * True.
   *
   * @throws BenchFailedException when one of them could not send
   */
  boolean all() {
    RuntimeException why = failure.get();
    if (why != null) {
      throw new BenchFailedException("a client ended: " + why.getMessage());
    }
    return true;
  }

  /** Root of the thread. */
  private void send(Tenant tenant) {
    try {
      while (!closed) {
        tenant.sendTo(clock.millis());
        long left = SECOND_MILLIS - Math.floorMod(clock.millis(), SECOND_MILLIS);
        LockSupport.parkNanos(Duration.ofMillis(left).toNanos());
      }
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      for (Thread thread : threads) {
        thread.join(STOPS_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
