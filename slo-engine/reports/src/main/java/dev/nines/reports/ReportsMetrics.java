// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.function.Supplier;

/** What reports cost, and whether the monthly run gets through. */
public final class ReportsMetrics {

  private final Histogram seconds;
  private final Counter stored;
  private final Counter failed;
  private final Gauge lastRun;

  public ReportsMetrics(CollectorRegistry registry) {
    seconds =
        Histogram.build("nines_sla_report_seconds", "Computing one SLA report with evidence")
            .buckets(0.01, 0.03, 0.1, 0.3, 1, 3, 10)
            .register(registry);
    stored =
        Counter.build("nines_sla_reports_stored_total", "Revisions of monthly reports stored")
            .register(registry);
    failed =
        Counter.build("nines_sla_run_failures_total", "Contracts whose monthly run failed")
            .register(registry);
    lastRun =
        Gauge.build("nines_sla_last_run_seconds", "When the last whole run ended, epoch seconds")
            .register(registry);
  }

  <T> T timed(Supplier<T> work) {
    Histogram.Timer timer = seconds.startTimer();
    try {
      return work.get();
    } finally {
      timer.observeDuration();
    }
  }

  void stored() {
    stored.inc();
  }

  void failed() {
    failed.inc();
  }

  void ran(long epochSecond) {
    lastRun.set(epochSecond);
  }
}
