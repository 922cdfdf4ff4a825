// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The shares of tenants that sent something of late. At the bound the idle ones are forgotten; if
 * there are none, tenants that come new have one share together.
 */
final class Shares {

  /** Stands for tenants that metrics do not name. */
  static final String OTHERS = "other";

  private final Guarantees guarantees;
  private final int tenantsMax;
  private final InstantSource clock;
  private final IngestMetrics metrics;
  private final Map<String, Share> byTenant = new HashMap<>();
  private final Share together;

  Shares(Guarantees guarantees, int tenantsMax, InstantSource clock, IngestMetrics metrics) {
    this.guarantees = guarantees;
    this.tenantsMax = tenantsMax;
    this.clock = clock;
    this.metrics = metrics;
    together = new Share(OTHERS, guarantees.common(), clock);
  }

  synchronized Share of(String tenant) {
    Share known = byTenant.get(tenant);
    if (known != null) {
      return known;
    }
    if (byTenant.size() >= tenantsMax) {
      byTenant.values().removeIf(Share::idle);
    }
    if (byTenant.size() >= tenantsMax) {
      return together;
    }
    Share made = new Share(label(tenant), guarantees.of(tenant), clock);
    byTenant.put(tenant, made);
    metrics.tenants(byTenant.size());
    return made;
  }

  private String label(String tenant) {
    return guarantees.ofTenants().containsKey(tenant) ? tenant : OTHERS;
  }
}
