// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.nines.embedded.ClickHouseProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterStatementsTest {

  private static final Migration TABLE =
      new Migration(
          "001__sums.sql",
          """
          -- What it is for.
          CREATE TABLE IF NOT EXISTS sums
          (
              tenant String,
              at DateTime,
              value UInt64
          )
          ENGINE = ReplacingMergeTree(at)
          ORDER BY tenant
          SETTINGS non_replicated_deduplication_window = 100
          """);

  /** Its Keeper is the engine's own for tests: it makes such tables, and writes to none. */
  private static final String CONFIG =
      """
      <clickhouse>
        <tcp_port>9000</tcp_port>
        <zookeeper><implementation>testkeeper</implementation></zookeeper>
        <default_replica_path>/tables/{shard}/{database}/{table}</default_replica_path>
        <macros><shard>1</shard><replica>1</replica></macros>
        <remote_servers>
          <nines><shard><replica><host>127.0.0.1</host><port>9000</port></replica></shard></nines>
        </remote_servers>
      </clickhouse>
      """;

  private final ClusterStatements replicated = new ClusterStatements("nines", true);

  @Test
  void aTableIsReplicatedInEachShardAndSpreadOverAll() {
    List<String> statements = replicated.of(TABLE.shardedBy("sipHash64(at)"));
    assertThat(statements.getFirst())
        .startsWith("CREATE TABLE IF NOT EXISTS sums_local\n")
        .contains("ENGINE = ReplicatedReplacingMergeTree(at)\n")
        .endsWith(
            "SETTINGS replicated_deduplication_window = 100,"
                + " replicated_deduplication_window_seconds = 604800");
    assertThat(statements.getLast())
        .isEqualTo(
            "CREATE TABLE IF NOT EXISTS sums AS sums_local"
                + " ENGINE = Distributed('nines', 'nines', 'sums_local', sipHash64(at))");
  }

  @Test
  void aChangeIsOfBothAndAViewIsOfTheShard() {
    Migration change =
        new Migration("002.sql", "-- Why.\nALTER TABLE sums ADD COLUMN IF NOT EXISTS x UInt8\n");
    assertThat(replicated.of(change))
        .containsExactly(
            "ALTER TABLE sums_local ADD COLUMN IF NOT EXISTS x UInt8",
            "ALTER TABLE sums ADD COLUMN IF NOT EXISTS x UInt8");
    Migration view =
        new Migration(
            "003.sql",
            "CREATE MATERIALIZED VIEW IF NOT EXISTS v TO days AS\nSELECT at\nFROM sums\nGROUP BY at");
    assertThat(replicated.of(view))
        .containsExactly(
            "CREATE MATERIALIZED VIEW IF NOT EXISTS v TO days_local AS\n"
                + "SELECT at\nFROM sums_local\nGROUP BY at");
  }

  @Test
  void anotherStatementIsRefused() {
    assertThatExceptionOfType(MigrationException.class)
        .isThrownBy(() -> replicated.of(new Migration("004.sql", "DROP TABLE sums")))
        .withMessageContaining("004.sql");
  }

  /** Its databases are of no such engine, and a cluster of the same name changes nothing. */
  @Test
  void theEngineTakesThemAndAnOrdinaryDatabaseStaysOne(@TempDir Path data) throws IOException {
    Files.writeString(data.resolve("clickhouse.xml"), CONFIG);
    ClickHouseProcess engine = ClickHouseProcess.start(data);
    Warehouse nines = Store.of(engine).withDatabase("nines");
    new Migrations(nines, QueryLimits.DEFAULT).run("test", List.of());
    try (Query query = new Query(nines, QueryLimits.DEFAULT)) {
      for (String statement : replicated.of(TABLE)) {
        assertThatNoException().isThrownBy(() -> query.execute(Sql.of(statement)));
      }
      Sql tables =
          Sql.of("SELECT engine FROM system.tables WHERE database = 'nines' ORDER BY name");
      assertThat(query.rows(tables))
          .extracting(row -> row.text("engine"))
          .containsExactly("ReplacingMergeTree", "Distributed", "ReplicatedReplacingMergeTree");
    } finally {
      engine.kill(); // it crashes when it is to leave with a Keeper for tests
    }
  }
}
