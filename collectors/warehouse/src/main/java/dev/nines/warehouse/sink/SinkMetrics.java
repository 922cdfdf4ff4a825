// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/** Metrics that the sinks of one registry share, by the sink's name. */
public final class SinkMetrics {

  final Counter rows;
  final Counter batches;
  final Counter failures;
  final Counter repeats;
  final Counter forgotten;
  final Gauge lag;
  final Gauge bufferedBytes;
  final Histogram insertSeconds;

  public SinkMetrics(CollectorRegistry registry) {
    rows = counter("nines_sink_rows_total", "Rows stored.").register(registry);
    batches = counter("nines_sink_batches_total", "Batches stored.").register(registry);
    failures = counter("nines_sink_failures_total", "Tries that failed.").register(registry);
    repeats =
        counter("nines_sink_repeats_total", "Records dropped: their seq was stored before.")
            .register(registry);
    forgotten =
        counter("nines_sink_forgotten_total", "Tasks whose last seq no longer fits the metadata.")
            .register(registry);
    lag = gauge("nines_sink_lag_records", "Records not yet stored.").register(registry);
    bufferedBytes =
        gauge("nines_sink_buffered_bytes", "Bytes of records that wait.").register(registry);
    insertSeconds =
        Histogram.build("nines_sink_insert_seconds", "Time of one insert.")
            .labelNames("sink")
            .buckets(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
            .register(registry);
  }

  private static Counter.Builder counter(String name, String help) {
    return Counter.build(name, help).labelNames("sink");
  }

  private static Gauge.Builder gauge(String name, String help) {
    return Gauge.build(name, help).labelNames("sink");
  }
}
