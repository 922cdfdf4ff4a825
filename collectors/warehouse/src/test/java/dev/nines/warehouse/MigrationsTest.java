// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.embedded.ClickHouseProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

  private static final Migration ONE =
      new Migration("001__one.sql", table("one", "(x UInt8) ENGINE = MergeTree ORDER BY x"));
  private static final Migration TWO =
      new Migration("002__two.sql", table("two", "AS one ENGINE = MergeTree ORDER BY x"));

  @TempDir static Path data;
  private static ClickHouseProcess clickHouse;

  @BeforeAll
  static void start() {
    clickHouse = ClickHouseProcess.start(data);
  }

  @AfterAll
  static void stop() {
    clickHouse.close();
  }

  @Test
  void runInOrderAndOnlyOnceInADatabaseOfTheirOwn() {
    Migrations migrations = migrations("ordered");
    migrations.run("test", List.of(ONE));
    migrations.run("test", List.of(ONE, TWO));
    migrations.run("test", List.of(ONE, TWO));
    assertThat(count("ordered", "SELECT count() AS c FROM nines_migrations")).isEqualTo(2);
    assertThat(count("ordered", "SELECT count() AS c FROM two")).isZero();
  }

  @Test
  void aChangedFileIsRefused() {
    Migrations migrations = migrations("changed");
    migrations.run("test", List.of(ONE));
    Migration other = new Migration(ONE.file(), TWO.sql());
    assertThatThrownBy(() -> migrations.run("test", List.of(other)))
        .isInstanceOf(MigrationException.class)
        .hasMessage("migration 001__one.sql: changed after it ran");
  }

  @Test
  void anErrorNamesTheFileAndTheNextRunGoesOn() {
    Migrations migrations = migrations("broken");
    Migration broken = new Migration("002__two.sql", "CREATE TABLE two (x Nonsense)");
    assertThatThrownBy(() -> migrations.run("test", List.of(ONE, broken)))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("002__two.sql")
        .hasMessageContaining("Nonsense");
    migrations.run("test", List.of(ONE, TWO));
    assertThat(count("broken", "SELECT count() AS c FROM two")).isZero();
  }

  @Test
  void twoServersMayMigrateAtOnce() {
    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      Stream.generate(
              () ->
                  CompletableFuture.runAsync(
                      () -> migrations("shared").run("test", List.of(ONE, TWO)), both))
          .limit(4)
          .toList()
          .forEach(CompletableFuture::join);
    }
    assertThat(count("shared", "SELECT uniqExact(file) AS c FROM nines_migrations")).isEqualTo(2);
  }

  private static String table(String name, String rest) {
    return "CREATE TABLE IF NOT EXISTS " + name + " " + rest;
  }

  private static Migrations migrations(String database) {
    return new Migrations(Store.of(clickHouse).withDatabase(database), QueryLimits.DEFAULT);
  }

  private static long count(String database, String sql) {
    Warehouse warehouse = Store.of(clickHouse).withDatabase(database);
    try (Query query = new Query(warehouse, QueryLimits.DEFAULT)) {
      return query.one(Sql.of(sql)).number("c");
    }
  }
}
