// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;

/** What extraction says about itself; label values are fixed words. */
final class ExtractionMetrics {

  final Counter batches;
  final Counter spans;
  final Counter outsideBudgets;
  final Counter skewed;
  final Counter counts;
  final Counter operationsOverLimit;
  final Counter expired;
  final Counter points;
  final Counter seriesPoints;
  final Counter streamsExpired;
  final Counter interestsRefused;
  final Counter neverRare;

  ExtractionMetrics(CollectorRegistry registry) {
    batches =
        counter("batches", "Records of telemetry.in, by outcome")
            .labelNames("outcome")
            .register(registry);
    batches.labels("broken");
    spans = counter("spans", "Spans that were counted").register(registry);
    outsideBudgets =
        counter("spans_too_old", "Spans older than the period of an SLO plus a day, not counted")
            .register(registry);
    skewed =
        counter("spans_skewed", "Spans over 5 min ahead, counted at log-append time")
            .register(registry);
    counts = counter("counts", "Records written to sli.counts").register(registry);
    operationsOverLimit =
        counter("operations_over_limit", "RED rows that went to __other__").register(registry);
    points =
        counter("points", "Points of metrics, by what became of them")
            .labelNames("outcome")
            .register(registry);
    seriesPoints =
        counter("series_points", "Cumulative points of series that SLOs select, by outcome")
            .labelNames("outcome")
            .register(registry);
    streamsExpired =
        counter("series_expired", "Streams of points forgotten after 24 h of silence")
            .register(registry);
    interestsRefused =
        counter("interests_refused", "Traces over so many a second that the sampler is not told of")
            .register(registry);
    neverRare =
        counter("spans_never_rare", "Spans of operations over so many a minute, none is rare")
            .register(registry);
    expired = counter("identities_expired", "Batch parts forgotten").register(registry);
  }

  private static Counter.Builder counter(String name, String help) {
    return Counter.build().name("nines_extraction_" + name + "_total").help(help);
  }
}
