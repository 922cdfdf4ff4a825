// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.series;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The series that the collectors of a process have seen of late. Each process counts for itself: a
 * metric whose series come by two of them may have twice as many.
 */
public final class SeriesTable {

  private final ConcurrentMap<String, TenantSeries> tenants = new ConcurrentHashMap<>();
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
    return new Admission(tenant, of(tenant, half), limits, half);
  }

  private TenantSeries of(String tenant, long half) {
    return tenants.computeIfAbsent(tenant, _ -> new TenantSeries(limits, spread, half));
  }

  /** Of all tenants. */
  public long size() {
    return tenants.values().stream().mapToLong(TenantSeries::series).sum();
  }
}
