// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.archive.retention.RetainedTables;
import dev.nines.archive.retention.Retention;
import dev.nines.archive.retention.Retention.Days;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetentionTest extends TableTest {

  private static final String ODD = "o'neill \\ sons";

  @AfterEach
  void asTheTablesAreMade() {
    new RetainedTables(query).apply(Retention.DEFAULT);
    query.execute(Sql.of("TRUNCATE TABLE spans"));
    query.execute(Sql.of("TRUNCATE TABLE metric_points"));
  }

  @Test
  void eachTenantsRowsLeaveWhenTheirTimeIsOver() {
    rows(1, 6);
    new RetainedTables(query)
        .apply(
            new Retention(
                new Days(15, 30),
                Map.of("brief", new Days(5, 5), "long", new Days(90, 30), ODD, new Days(3, 90))));
    rows(20, 80);
    query.execute(Sql.of("OPTIMIZE TABLE spans FINAL"));
    query.execute(Sql.of("OPTIMIZE TABLE metric_points FINAL"));
    assertThat(left("spans")).isEqualTo(Map.of("acme", 2L, "brief", 1L, "long", 4L, ODD, 1L));
    assertThat(left("metric_points"))
        .isEqualTo(Map.of("acme", 3L, "brief", 1L, "long", 3L, ODD, 4L));
  }

  @Test
  void aTableIsAlteredOnlyWhenItsRuleIsAnother() {
    String made = ddl("spans");
    RetainedTables tables = new RetainedTables(query);
    tables.apply(Retention.DEFAULT);
    assertThat(ddl("spans")).isEqualTo(made);
    tables.apply(new Retention(new Days(7, 30), Map.of("acme", new Days(7, 60))));
    assertThat(ddl("spans")).contains("toIntervalDay(7)").contains("ttl_only_drop_parts = 1");
    assertThat(ddl("metric_points")).contains("'acme'").contains("ttl_only_drop_parts = 0");
    assertThat(mutations()).as("once").isEqualTo(mutationsAfter(tables));
    tables.apply(Retention.DEFAULT);
    assertThat(ddl("spans")).contains("toIntervalDay(15)").doesNotContain("kept");
  }

  @Test
  void accountingLooksNoFurtherBackThanAllRowsAre() {
    Retention retention = new Retention(new Days(15, 30), Map.of("brief", new Days(20, 5)));
    assertThat(retention.complete("acme")).isEqualTo(Duration.ofDays(13));
    assertThat(retention.complete("brief")).isEqualTo(Duration.ofDays(3));
    assertThatThrownBy(() -> new Days(2, 30)).hasMessageContaining("spans-days: 3 to 3650, not 2");
  }

  private long mutationsAfter(RetainedTables tables) {
    tables.apply(new Retention(new Days(7, 30), Map.of("acme", new Days(7, 60))));
    return mutations();
  }

  private long mutations() {
    return query
        .one(Sql.of("SELECT toInt64(count()) AS n FROM system.mutations WHERE database = 'nines'"))
        .number("n");
  }

  private String ddl(String table) {
    Sql sql =
        Sql.of(
            "SELECT create_table_query AS ddl FROM system.tables WHERE database = 'nines' AND name"
                + " = {name:String}");
    return query.one(sql.with("name", table)).text("ddl");
  }

  private Map<String, Long> left(String table) {
    return query
        .rows(Sql.of("SELECT tenant, toInt64(count()) AS n FROM " + table + " GROUP BY tenant"))
        .stream()
        .collect(java.util.stream.Collectors.toMap(row -> row.text("tenant"), RetentionTest::n));
  }

  private static long n(Row row) {
    return row.number("n");
  }

  private void rows(int... daysAgo) {
    for (String tenant : List.of("acme", "brief", "long", ODD)) {
      for (int days : daysAgo) {
        row("spans", tenant, days);
        row("metric_points", tenant, days);
      }
    }
  }

  private void row(String table, String tenant, int daysAgo) {
    query.execute(
        Sql.of(
                "INSERT INTO "
                    + table
                    + " (tenant, appended_at) SELECT {tenant:String}, now() - toIntervalDay({days:Int32})")
            .with("tenant", tenant)
            .with("days", daysAgo));
  }
}
