// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds the queries that run at once and those that wait for a place; who finds neither, or waits
 * too long, is refused with code 202 and may come back.
 */
final class Admission {
  static final int MAX_RUNNING = 32;
  static final int MAX_WAITING = 64;
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  private final Semaphore places = new Semaphore(MAX_RUNNING, true);
  private final Semaphore queue = new Semaphore(MAX_WAITING);
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final LongAdder refused = new LongAdder();
  private volatile boolean closed;

  /** Given back by closing. */
  final class Place implements AutoCloseable {
    private final String queryId;

    private Place(String queryId) {
      this.queryId = queryId;
    }

    @Override
    public void close() {
      running.remove(queryId);
      places.release();
    }
  }

  Place enter(String queryId) throws InterruptedException {
    if (closed) {
      throw refusal("The server is shutting down");
    }
    if (!places.tryAcquire() && !waitForPlace()) {
      throw refusal(
          "Too many simultaneous queries. Maximum: %d running, %d waiting for at most %d s"
              .formatted(MAX_RUNNING, MAX_WAITING, MAX_WAIT.toSeconds()));
    }
    if (!running.add(queryId)) {
      places.release();
      throw new EngineException(
          ErrorCode.QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING,
          "Query with id = %s is already running".formatted(queryId));
    }
    return new Place(queryId);
  }

  /** Refuses new queries and waits until none runs; false when the time is over. */
  boolean drain(Duration limit) throws InterruptedException {
    closed = true;
    var done = places.tryAcquire(MAX_RUNNING, limit.toNanos(), TimeUnit.NANOSECONDS);
    if (done) {
      places.release(MAX_RUNNING);
    }
    return done;
  }

  int running() {
    return MAX_RUNNING - places.availablePermits();
  }

  int waiting() {
    return MAX_WAITING - queue.availablePermits();
  }

  long refused() {
    return refused.sum();
  }

  private boolean waitForPlace() throws InterruptedException {
    if (!queue.tryAcquire()) {
      return false;
    }
    try {
      return places.tryAcquire(MAX_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      queue.release();
    }
  }

  private EngineException refusal(String reason) {
    refused.increment();
    return new EngineException(ErrorCode.TOO_MANY_SIMULTANEOUS_QUERIES, reason);
  }
}
