// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;

/** What evaluation says about itself; label values are fixed words. */
final class EvaluationMetrics {

  final Counter records;
  final Counter changes;
  final Counter statuses;
  final Counter deltas;
  final Counter hindsight;
  final Counter heldOverLimit;
  final Counter traffic;
  final Counter groupsOverLimit;
  final Counter missingOverLimit;
  final Counter storedEarly;
  final Counter boundariesMissed;
  final Counter turnsCut;
  final Counter trafficAtOnce;
  final Histogram decision;

  EvaluationMetrics(CollectorRegistry registry) {
    records =
        counter("records", "Records of sli.counts, by outcome")
            .labelNames("outcome")
            .register(registry);
    changes =
        counter("changes", "Changes of alert conditions, by new state")
            .labelNames("state")
            .register(registry);
    statuses = counter("statuses", "Records written to slo.status").register(registry);
    deltas = counter("ledger_deltas", "Records written to slo.ledger").register(registry);
    heldOverLimit =
        counter("held_over_limit", "Cells of ratios of counters that did not wait for their slice")
            .register(registry);
    groupsOverLimit =
        counter(
                "group_events_over_limit",
                "Events counted as __other__: their SLO has as many groups as it may have")
            .register(registry);
    missingOverLimit =
        counter(
                "missing_over_limit",
                "Judgements whose missing events are in no budget: a region or the task is at its bound")
            .register(registry);
    boundariesMissed =
        counter(
                "boundaries_missed",
                "Boundaries of lines with an open alert that were not decided on before the next")
            .register(registry);
    turnsCut =
        counter("turns_cut", "Ticks without time for all that was due in turn; it comes later")
            .register(registry);
    trafficAtOnce =
        counter(
                "traffic_at_once",
                "Minutes of a region judged for vanished traffic at once: two more wait")
            .register(registry);
    storedEarly =
        counter(
                "chunks_stored_early",
                "Chunks of ladders stored before their commit: more are counted into than fit in memory")
            .register(registry);
    hindsight =
        counter("hindsight", "Policies with failures judged at a boundary after an outage")
            .labelNames("outcome")
            .register(registry);
    traffic =
        counter("traffic", "Minutes of scopes judged for vanished traffic, by outcome")
            .labelNames("outcome")
            .register(registry);
    decision =
        Histogram.build()
            .name("nines_evaluation_decision_seconds")
            .help("From log-append time of a batch to the alert that it opened")
            .buckets(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
            .register(registry);
  }

  private static Counter.Builder counter(String name, String help) {
    return Counter.build().name("nines_evaluation_" + name + "_total").help(help);
  }
}
