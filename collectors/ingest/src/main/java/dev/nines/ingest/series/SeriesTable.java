// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.series;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The series that the collectors of a process have seen of late. Each process counts for itself: a
 * metric whose series come by two of them may have twice as many.
 */
public final class SeriesTable {

  private final ConcurrentMap<String, TenantSeries> tenants = new ConcurrentHashMap<>();
  private final AtomicLong swept = new AtomicLong();
  private final long spread = new SecureRandom().nextLong();
  private final SeriesLimits limits;
  private final InstantSource clock;

  public SeriesTable(SeriesLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** For the points of one request of a tenant. */
  public Admission open(String tenant) {
    long half = clock.millis() / (limits.window().toMillis() / 2);
    return new Admission(tenant, this, limits, half);
  }

  /**
   * Of a tenant that sends a point. Once in a half of the window the series of all tenants are
   * forgotten that sent nothing; of a tenant without any an empty table stays.
   */
  TenantSeries of(String tenant, long half) {
    long last = swept.get();
    if (half != last && half != last - 1 && swept.compareAndSet(last, half)) {
      tenants.values().forEach(each -> each.sweep(half));
    }
    return tenants.computeIfAbsent(tenant, _ -> new TenantSeries(limits, spread));
  }

  /** Of all tenants. */
  public long size() {
    return tenants.values().stream().mapToLong(TenantSeries::series).sum();
  }
}
