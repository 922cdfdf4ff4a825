// SPDX-License-Identifier: Apache-2.0
package dev.nines.sampler;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/** What the sampler says about itself; label values are fixed words. */
final class SamplerMetrics {

  final Counter interesting;
  final Counter byHash;
  final Counter sampledOut;
  final Counter failures;
  final Counter forgotten;
  final Counter unknownWindows;
  final Gauge overdueSeconds;
  final Gauge interests;

  SamplerMetrics(CollectorRegistry registry) {
    interesting =
        Counter.build(
                "nines_sampler_spans_kept_interesting_total", "Spans kept for their trace's sake.")
            .register(registry);
    byHash =
        Counter.build("nines_sampler_spans_kept_total", "Spans kept by the hash of their trace.")
            .register(registry);
    sampledOut =
        Counter.build("nines_sampler_spans_sampled_out_total", "Spans that were not kept.")
            .register(registry);
    failures =
        Counter.build("nines_sampler_failures_total", "Times that the sampler began again.")
            .register(registry);
    forgotten =
        Counter.build("nines_sampler_interests_forgotten_total", "Traces over what is remembered.")
            .register(registry);
    unknownWindows =
        Counter.build(
                "nines_sampler_unknown_windows_total",
                "Batches kept whole: how many spans their time had is not known.")
            .register(registry);
    overdueSeconds =
        Gauge.build("nines_sampler_overdue_seconds", "How late the last decision was.")
            .register(registry);
    interests =
        Gauge.build("nines_sampler_interests", "Traces known that must be kept.")
            .register(registry);
  }
}
