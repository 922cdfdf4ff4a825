// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.List;

/** The pager's own figures. {@code nines_pages_undeliverable_total} is the platform's alarm. */
public final class PagingMetrics {

  /** Shown from the start: what first appears as 1 has not grown for whoever watches. */
  private static final List<String> UNDELIVERABLE =
      List.of("refused", "unreachable", "no_channel", "exhausted");

  private final Counter attempts;
  private final Counter undeliverable;
  private final Counter repeats;
  private final Counter missed;
  private final Histogram latency;

  public PagingMetrics(CollectorRegistry registry) {
    attempts =
        Counter.build("nines_page_attempts_total", "Attempts to send a page by result")
            .labelNames("result")
            .register(registry);
    undeliverable =
        Counter.build("nines_pages_undeliverable_total", "Pages that reached nobody, by reason")
            .labelNames("reason")
            .register(registry);
    UNDELIVERABLE.forEach(undeliverable::labels);
    repeats =
        Counter.build("nines_pages_marked_repeat_total", "Pages sent again, marked as repeats")
            .register(registry);
    missed =
        Counter.build("nines_escalation_targets_missed_total", "Targets that reached nobody")
            .labelNames("reason")
            .register(registry);
    latency =
        Histogram.build(
                "nines_page_overhead_seconds", "From the batch that made the policy true to send")
            .buckets(0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300)
            .register(registry);
  }

  void attempt(String result) {
    attempts.labels(result).inc();
  }

  public void undeliverable(String reason) {
    undeliverable.labels(reason).inc();
  }

  /** A schedule with a gap, a user or a channel that cannot be reached. */
  public void missed(String reason) {
    missed.labels(reason).inc();
  }

  void repeat() {
    repeats.inc();
  }

  void overhead(Duration time) {
    latency.observe(time.toNanos() / 1e9);
  }
}
