// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.util.Map;

/**
 * What tenants may always send.
 *
 * @param common of every tenant that is not named
 * @param ofTenants of those that are; they are also the ones that metrics name
 */
public record Guarantees(Guarantee common, Map<String, Guarantee> ofTenants) {

  public static final Guarantees DEFAULT = new Guarantees(new Guarantee(10_000, 4 << 20), Map.of());

  public Guarantees {
    ofTenants = Map.copyOf(ofTenants);
  }

  Guarantee of(String tenant) {
    return ofTenants.getOrDefault(tenant, common);
  }
}
