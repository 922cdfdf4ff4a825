// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a schema up to date. What ran is recorded with its checksum; a file that changed since is
 * refused. Two servers may run it at once: every statement is {@code IF NOT EXISTS}, and rows that
 * both record are equal.
 */
public final class Migrations {

  private static final String APPLIED =
      """
      CREATE TABLE IF NOT EXISTS nines_migrations (
        owner String,
        file String,
        checksum String,
        applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
      ) ENGINE = ReplacingMergeTree ORDER BY (owner, file, checksum)
      """;

  private final Warehouse warehouse;
  private final QueryLimits limits;

  public Migrations(Warehouse warehouse, QueryLimits limits) {
    this.warehouse = warehouse;
    this.limits = limits;
  }

  /**
   * Runs those of {@code migrations} that did not run yet, in the given order.
   *
   * @throws MigrationException when a file changed since it ran or ClickHouse refuses it
   */
  public void run(String owner, List<Migration> migrations) {
    createDatabase();
    try (Query query = new Query(warehouse, limits)) {
      query.execute(Sql.of(APPLIED));
      Map<String, String> applied = applied(query, owner);
      for (Migration migration : migrations) {
        String checksum = applied.get(migration.file());
        if (checksum == null) {
          apply(query, owner, migration);
        } else if (!checksum.equals(migration.checksum())) {
          throw new MigrationException(migration.file(), "changed after it ran", null);
        }
      }
    }
  }

  private void createDatabase() {
    Warehouse server = warehouse.withDatabase(Warehouse.DEFAULT_DATABASE);
    try (Query query = new Query(server, limits)) {
      query.execute(Sql.of("CREATE DATABASE IF NOT EXISTS `" + warehouse.database() + "`"));
    }
  }

  private static Map<String, String> applied(Query query, String owner) {
    Sql sql = Sql.of("SELECT file, checksum FROM nines_migrations WHERE owner = {owner:String}");
    Map<String, String> applied = new HashMap<>();
    for (Row row : query.rows(sql.with("owner", owner))) {
      applied.put(row.text("file"), row.text("checksum"));
    }
    return applied;
  }

  private static void apply(Query query, String owner, Migration migration) {
    try {
      query.execute(Sql.of(migration.sql()));
    } catch (WarehouseException e) {
      throw new MigrationException(migration.file(), "refused", e);
    }
    query.execute(
        Sql.of(
                """
                INSERT INTO nines_migrations (owner, file, checksum)
                SELECT {owner:String}, {file:String}, {checksum:String}
                """)
            .with("owner", owner)
            .with("file", migration.file())
            .with("checksum", migration.checksum()));
  }
}
