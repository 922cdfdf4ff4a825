// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.catalog.Contracts;
import dev.nines.journal.JournalUnavailable;
import dev.nines.reports.MonthlyRun;
import dev.nines.reports.Reports;
import dev.nines.reports.ReportsConfig;
import dev.nines.reports.ReportsMetrics;
import dev.nines.reports.SlaReports;
import dev.nines.reports.StoredReports;
import dev.nines.server.Part;
import dev.nines.server.Stores;
import dev.nines.warehouse.Migrations;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.WarehouseException;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/** Role api: monthly SLA reports are stored when their month is over. */
@Singleton
public final class ReportsPart implements Part {

  private final Reports reports;

  public ReportsPart(
      Stores stores,
      Contracts contracts,
      SlaReports slaReports,
      StoredReports stored,
      ReportsConfig config,
      ReportsMetrics metrics,
      InstantSource clock) {
    reports =
        new Reports(
            new Migrations(stores.warehouse(), QueryLimits.DEFAULT),
            new MonthlyRun(contracts, slaReports, stored, config, metrics, clock),
            config,
            ReportsPart::storeIsAway);
  }

  private static boolean storeIsAway(RuntimeException failure) {
    return failure instanceof JournalUnavailable
        || failure instanceof WarehouseException
        || failure.getCause() instanceof WarehouseException;
  }

  @Override
  public String name() {
    return "reports";
  }

  @Override
  public void start() {
    reports.start();
  }

  @Override
  public Optional<String> check() {
    return reports.check();
  }

  @Override
  public Optional<String> note() {
    return reports.trouble();
  }

  @Override
  public void close() {
    reports.close();
  }
}
