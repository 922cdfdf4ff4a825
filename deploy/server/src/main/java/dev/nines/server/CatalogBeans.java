// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.catalog.Catalog;
import dev.nines.catalog.CatalogConfig;
import dev.nines.catalog.Changes;
import dev.nines.catalog.Contracts;
import dev.nines.catalog.ControlRelay;
import dev.nines.catalog.Exclusions;
import dev.nines.catalog.GateOverrides;
import dev.nines.catalog.StatusReader;
import dev.nines.catalog.StoredCapacityModels;
import dev.nines.catalog.Tokens;
import dev.nines.catalog.backfill.Backfills;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The catalog's objects, made when the role api, or a request to it, asks for them. */
final class CatalogBeans {

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  CatalogConfig config(NinesConfig config) {
    return CatalogConfig.withLead(config.catalogLead());
  }

  @Produces
  @Singleton
  Catalog catalog(Stores stores, InstantSource clock, CatalogConfig config) {
    return new Catalog(stores.journal(), clock, config);
  }

  @Produces
  @Singleton
  Tokens tokens(Stores stores, InstantSource clock, CatalogConfig config) {
    return new Tokens(stores.journal(), clock, config);
  }

  @Produces
  @Singleton
  Changes changes(Stores stores, InstantSource clock) {
    return new Changes(stores.journal(), clock);
  }

  @Produces
  @Singleton
  GateOverrides gateOverrides(Stores stores, InstantSource clock) {
    return new GateOverrides(stores.journal(), clock);
  }

  @Produces
  @Singleton
  Exclusions exclusions(Stores stores, InstantSource clock) {
    return new Exclusions(stores.journal(), clock);
  }

  @Produces
  @Singleton
  Contracts contracts(Stores stores, InstantSource clock, Exclusions exclusions) {
    return new Contracts(stores.journal(), clock, exclusions);
  }

  @Produces
  @Singleton
  StoredCapacityModels capacityModels(Stores stores, InstantSource clock) {
    return new StoredCapacityModels(stores.journal(), clock);
  }

  @Produces
  @Singleton
  StatusReader statuses(Stores stores, CatalogConfig config, Registries registries) {
    return new StatusReader(stores.kafka(), config, registries.of(Role.API));
  }

  @Produces
  @Singleton
  Backfills backfills(Stores stores) {
    return new Backfills(stores.journal());
  }

  @Produces
  @Singleton
  ControlRelay relay(Stores stores) {
    return new ControlRelay(stores.journal(), stores.kafka());
  }
}
