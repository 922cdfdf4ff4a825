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

  private static final String CLUSTER =
      """
      SELECT count() AS nodes,
        (SELECT count() FROM system.databases
          WHERE name = {name:String} AND engine = 'Replicated') AS replicated
      FROM system.clusters WHERE cluster = {name:String}
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
      Optional<ClusterStatements> cluster = cluster(query);
      for (String statement : statements(cluster, APPLIED)) {
        query.execute(Sql.of(statement));
      }
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
   * Nothing unless there is a cluster of the database's name, as each database of engine Replicated
   * is.
   *
   * @throws MigrationException when the cluster has more nodes than these statements would reach
   */
  private Optional<ClusterStatements> cluster(Query query) {
    Row row = query.one(Sql.of(CLUSTER).with("name", warehouse.database()));
    boolean replicated = row.number("replicated") > 0;
    if (!replicated && row.number("nodes") > 1) {
      throw new MigrationException(
          APPLIED.file(),
          "database %s is not of engine Replicated, and cluster %s has several nodes"
              .formatted(warehouse.database(), warehouse.database()),
          null);
    }
    return row.number("nodes") == 0
        ? Optional.empty()
        : Optional.of(new ClusterStatements(warehouse.database(), replicated));
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
