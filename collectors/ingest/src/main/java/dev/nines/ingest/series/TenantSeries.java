// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.series;

import dev.nines.telemetry.Slice;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The metrics of a tenant with their series. */
final class TenantSeries {

  /** Names of metrics; each takes some hundred bytes. */
  static final int METRICS_MAX = 20_000;

  private final ConcurrentMap<Slice, MetricSeries> metrics = new ConcurrentHashMap<>();
  private final SeriesLimits limits;
  private final long spread;
  private final AtomicInteger series = new AtomicInteger();
  private final AtomicLong swept;

  TenantSeries(SeriesLimits limits, long spread, long half) {
    this.limits = limits;
    this.spread = spread;
    this.swept = new AtomicLong(half);
  }

  /** Of the metric of this name; null when there are too many metrics. */
  @Nullable MetricSeries metric(Slice name, long half) {
    long last = swept.get();
    if (half > last && swept.compareAndSet(last, half)) {
      metrics.values().removeIf(metric -> metric.leave(half));
    }
    MetricSeries known = metrics.get(name);
    if (known != null) {
      return known;
    }
    return metrics.size() >= METRICS_MAX
        ? null
        : metrics.computeIfAbsent(name.copy(), _ -> new MetricSeries(this, limits, half));
  }

  int series() {
    return series.get();
  }

  /** True when the tenant may have one more. */
  boolean reserve() {
    if (series.incrementAndGet() <= limits.perTenant()) {
      return true;
    }
    series.decrementAndGet();
    return false;
  }

  void release(int count) {
    series.addAndGet(-count);
  }

  LongSet newSet() {
    return new LongSet(spread);
  }
}
