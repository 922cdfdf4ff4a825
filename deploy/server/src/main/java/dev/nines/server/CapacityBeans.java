// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.capacity.CapacityMetrics;
import dev.nines.capacity.DemandTables;
import dev.nines.capacity.budget.LedgerHours;
import dev.nines.warehouse.Query;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Capacity, made when a request asks for it; its models are the catalog's. */
final class CapacityBeans {

  @Produces
  @Singleton
  CapacityMetrics capacityMetrics(Registries registries) {
    return new CapacityMetrics(registries.of(Role.API));
  }

  @Produces
  @Singleton
  LedgerHours ledgerHours(Query query) {
    return new LedgerHours(query);
  }

  @Produces
  @Singleton
  DemandTables demandTables(Query query) {
    return new DemandTables(query);
  }
}
