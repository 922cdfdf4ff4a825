// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.series;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.nines.telemetry.Slice;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The metrics of a tenant with their series. */
final class TenantSeries {

  /** Each takes some hundred bytes, however long its name: of that a hash is held. */
  static final int METRICS_MAX = 20_000;

  private final ConcurrentMap<HashValue128, MetricSeries> metrics = new ConcurrentHashMap<>();
  private final SeriesLimits limits;
  private final long spread;
  private final AtomicInteger series = new AtomicInteger();

  TenantSeries(SeriesLimits limits, long spread) {
    this.limits = limits;
    this.spread = spread;
  }

  /** Of the metric of this name; null when there are too many metrics. */
  @Nullable MetricSeries metric(Slice name, long half) {
    HashValue128 hash =
        Hashing.xxh3_128().hashBytesTo128Bits(name.array(), name.offset(), name.length());
    MetricSeries known = metrics.get(hash);
    if (known != null) {
      return known;
    }
    return metrics.size() >= METRICS_MAX
        ? null
        : metrics.computeIfAbsent(hash, _ -> new MetricSeries(this, limits, half));
  }

  /** Forgets metrics of which nothing is known any more. */
  void sweep(long half) {
    metrics.values().removeIf(metric -> metric.leave(half));
  }

  int series() {
    return series.get();
  }

  /** True when the tenant may have one more. */
  boolean reserve() {
    int held = series.get();
    while (held < limits.perTenant()) {
      if (series.compareAndSet(held, held + 1)) {
        return true;
      }
      held = series.get();
    }
    return false;
  }

  void release(int count) {
    series.addAndGet(-count);
  }

  LongSet newSet() {
    return new LongSet(spread);
  }
}
