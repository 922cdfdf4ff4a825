// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;

/** What extraction says about itself; label values are fixed words. */
final class ExtractionMetrics {

  final Counter batches;
  final Counter spans;
  final Counter points;
  final Counter outsideBudgets;
  final Counter skewed;
  final Counter counts;
  final Counter operationsOverLimit;
  final Counter expired;

  ExtractionMetrics(CollectorRegistry registry) {
    batches =
        counter("batches", "Records of telemetry.in, by outcome")
            .labelNames("outcome")
            .register(registry);
    spans = counter("spans", "Spans that were counted").register(registry);
    points = counter("points", "Data points of metrics that were forwarded").register(registry);
    outsideBudgets =
        counter("spans_too_old", "Spans older than the period of an SLO plus a day, not counted")
            .register(registry);
    skewed =
        counter("spans_skewed", "Spans over 5 min ahead, counted at log-append time")
            .register(registry);
    counts = counter("counts", "Records written to sli.counts").register(registry);
    operationsOverLimit =
        counter("operations_over_limit", "RED rows that went to __other__").register(registry);
    expired = counter("identities_expired", "Batch parts forgotten").register(registry);
  }

  private static Counter.Builder counter(String name, String help) {
    return Counter.build().name("nines_extraction_" + name + "_total").help(help);
  }
}
