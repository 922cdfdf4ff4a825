// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.points.PointLog;
import dev.nines.demo.points.SentPoint;
import dev.nines.demo.truth.SentSpan;
import dev.nines.demo.truth.ShopLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Waits until the platform says that everything which was sent is counted and stored. */
final class Settling {

  private static final long SLICE_NANOS = 10_000_000_000L;

  private final Theatre theatre;
  private final Duration limit;

  Settling(Theatre theatre, Duration limit) {
    this.theatre = theatre;
    this.limit = limit;
  }

  /**
   * Waits until every region is complete past its last event, accounting shows nothing in flight,
   * and the stored ledger has arrived where the status already is: its rows come last, by
   * evaluation, Kafka and the archive. Gives up at the limit: the verdict then says what is
   * missing.
   */
  boolean await(ShopLog log, PointLog points) {
    Instant last = last(log, points);
    Observer observer = new Observer(theatre, theatre.folder());
    return Patience.until(
        limit,
        () ->
            complete(last)
                && Accounting.read(theatre.api()).settled()
                && observer.ledgerAgreesWithStatus());
  }

  /** Ratios of counters wait until the slice of the last point is over. */
  private static Instant last(ShopLog log, PointLog points) {
    long span = log.spans().values().stream().mapToLong(SentSpan::endNanos).max().orElse(0);
    long point = points.points().values().stream().mapToLong(SentPoint::timeNanos).max().orElse(0);
    long sliceEnd = Math.ceilDiv(point, SLICE_NANOS) * SLICE_NANOS;
    return Instant.ofEpochSecond(0, Math.max(span, sliceEnd - 1));
  }

  /** An objective of which nothing was said yet is not complete: the shop has events of each. */
  private boolean complete(Instant last) throws IOException {
    for (JsonNode slo : theatre.api().get("/api/v1/slos").path("slos")) {
      if (slo.path("status").isEmpty()) {
        return false;
      }
      for (JsonNode scope : slo.path("status")) {
        String completeTo = scope.path("completeTo").asText("");
        if (completeTo.isEmpty() || !Instant.parse(completeTo).isAfter(last)) {
          return false;
        }
      }
    }
    return true;
  }
}
