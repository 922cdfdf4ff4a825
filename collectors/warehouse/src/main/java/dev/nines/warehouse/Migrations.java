// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a schema up to date. What ran is recorded with its checksum; a file that changed since is
 * refused. Two servers may run it at once: every statement is {@code IF NOT EXISTS}, and rows that
 * both record are equal. On a cluster the statements are those of {@link ClusterStatements}.
 */
public final class Migrations {

  private static final Migration APPLIED =
      new Migration(
          "nines_migrations",
          """
          CREATE TABLE IF NOT EXISTS nines_migrations (
            owner String,
            file String,
            checksum String,
            applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
          ) ENGINE = ReplacingMergeTree ORDER BY (owner, file, checksum)
          """,
          "cityHash64(owner)");

  private static final String PLACE =
      """
      SELECT (SELECT any(engine) FROM system.databases WHERE name = {name:String}) AS database,
        (SELECT any(engine) FROM system.tables
          WHERE database = {name:String} AND name = 'nines_migrations') AS record
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
      Optional<ClusterStatements> cluster = record(query);
      Map<String, String> applied = applied(query, owner);
      for (Migration migration : migrations) {
        String checksum = applied.get(migration.file());
        if (checksum == null) {
          apply(query, owner, migration, cluster);
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

  /**
   * Creates the table of what ran, unless it is there: its engine says what the others are, so that
   * an installation stays what it began as, whatever clusters there are.
   */
  private Optional<ClusterStatements> record(Query query) {
    Row place = query.one(Sql.of(PLACE).with("name", warehouse.database()));
    boolean replicated = place.text("database").equals("Replicated");
    String engine = place.text("record");
    boolean cluster = engine.isEmpty() ? replicated : engine.equals("Distributed");
    Optional<ClusterStatements> on =
        cluster
            ? Optional.of(new ClusterStatements(warehouse.database(), replicated))
            : Optional.empty();
    if (engine.isEmpty()) {
      statements(on, APPLIED).forEach(statement -> query.execute(Sql.of(statement)));
    }
    return on;
  }

  private static List<String> statements(Optional<ClusterStatements> cluster, Migration migration) {
    return cluster.map(on -> on.of(migration)).orElseGet(() -> List.of(migration.sql()));
  }

  private static void apply(
      Query query, String owner, Migration migration, Optional<ClusterStatements> cluster) {
    try {
      for (String statement : statements(cluster, migration)) {
        query.execute(Sql.of(statement));
      }
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
