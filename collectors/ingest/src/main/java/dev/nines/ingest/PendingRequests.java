// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Receive times of requests that Kafka has not answered. The time of a request is taken in the same
 * critical section that registers it: otherwise a progress record could overtake it.
 */
final class PendingRequests {

  private final InstantSource clock;
  private final Map<Long, Instant> receivedAt = new LinkedHashMap<>();
  private Instant latest = Instant.EPOCH;
  private long lastId;

  record Pending(long id, Instant receivedAt) {}

  PendingRequests(InstantSource clock) {
    this.clock = clock;
  }

  synchronized Pending open() {
    Pending pending = new Pending(++lastId, now());
    receivedAt.put(pending.id, pending.receivedAt);
    return pending;
  }

  synchronized void close(Pending pending) {
    receivedAt.remove(pending.id);
  }

  /** The earlier of now and the receive time of the oldest request. */
  synchronized Instant completeTo() {
    return receivedAt.isEmpty() ? now() : receivedAt.values().iterator().next();
  }

  /** Never goes back, so that the first entry is the oldest. */
  private Instant now() {
    Instant now = clock.instant();
    latest = now.isAfter(latest) ? now : latest;
    return latest;
  }
}
