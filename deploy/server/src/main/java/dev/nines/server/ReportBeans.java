// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.catalog.Contracts;
import dev.nines.reports.ReportsConfig;
import dev.nines.reports.ReportsMetrics;
import dev.nines.reports.SigningKey;
import dev.nines.reports.SlaReports;
import dev.nines.reports.StoredReports;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Writer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** SLA reports, made when the role api, or a request to it, asks for them. */
final class ReportBeans {

  private static final Duration INSERT_TIMEOUT = Duration.ofSeconds(20);

  @Produces
  @Singleton
  ReportsConfig reportsConfig(NinesConfig config) {
    return ReportsConfig.withSettle(config.slaSettle());
  }

  @Produces
  @Singleton
  ReportsMetrics reportsMetrics(Registries registries) {
    return new ReportsMetrics(registries.of(Role.API));
  }

  @Produces
  @Singleton
  StoredReports storedReports(Stores stores, Query query) {
    return new StoredReports(query, new Writer(stores.warehouse(), INSERT_TIMEOUT));
  }

  @Produces
  @Singleton
  SigningKey signingKey(Stores stores) {
    try {
      return SigningKey.in(stores.folder("keys"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Produces
  @Singleton
  SlaReports slaReports(
      Contracts contracts,
      Query query,
      StoredReports stored,
      SigningKey key,
      ReportsConfig config,
      ReportsMetrics metrics) {
    return new SlaReports(contracts, query, stored, key, config, metrics);
  }
}
