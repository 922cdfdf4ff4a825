// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import dev.nines.warehouse.Migration;
import dev.nines.warehouse.Migrations;
import java.util.List;

/** The table of this module. */
public final class ReportsSchema {

  private ReportsSchema() {}

  public static void migrate(Migrations migrations) {
    migrations.run("reports", List.of(Migration.read(ReportsSchema.class, "001__sla_reports.sql")));
  }
}
