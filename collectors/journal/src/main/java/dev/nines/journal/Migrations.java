// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Versioned migrations; each owner of tables has a location and a history table of its own. */
public final class Migrations {

  private Migrations() {}

  /**
   * Brings the owner's tables up to date. Nodes that start together wait for each other.
   *
   * @param location for example {@code classpath:db/catalog}, files {@code V1__name.sql}
   * @param historyTable for example {@code catalog_migrations}
   */
  public static void run(DataSource dataSource, String location, String historyTable) {
    Flyway.configure()
        .dataSource(dataSource)
        .locations(location)
        .failOnMissingLocations(true)
        .table(historyTable)
        // The schema is shared: another owner's tables may be there first.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }
}
