// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/** Figures of all lanes; the label {@code lane} is one of the few names that owners give. */
final class OutboxMetrics {

  private final Gauge depth;
  private final Gauge oldest;
  private final Gauge dead;
  private final Gauge full;
  private final Counter attempts;

  OutboxMetrics(CollectorRegistry registry) {
    depth = gauge("nines_outbox_depth", "Rows that wait").register(registry);
    oldest =
        gauge("nines_outbox_oldest_due_seconds", "Time since the oldest waiting row was due")
            .register(registry);
    dead = gauge("nines_outbox_dead", "Rows set aside").register(registry);
    full =
        gauge("nines_outbox_full", "1 while a lane holds more than its bound").register(registry);
    attempts =
        Counter.build("nines_outbox_attempts_total", "Deliveries by outcome")
            .labelNames("lane", "outcome")
            .register(registry);
  }

  void measured(String lane, OutboxRows.Depth now, long bound) {
    depth.labels(lane).set(now.waiting());
    oldest.labels(lane).set(now.oldestDueSeconds());
    dead.labels(lane).set(now.dead());
    full.labels(lane).set(now.waiting() >= bound ? 1 : 0);
  }

  void attempt(String lane, String outcome) {
    attempts.labels(lane, outcome).inc();
  }

  private static Gauge.Builder gauge(String name, String help) {
    return Gauge.build(name, help).labelNames("lane");
  }
}
