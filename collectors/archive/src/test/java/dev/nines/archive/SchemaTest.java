// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.warehouse.Migration;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaTest extends TableTest {

  @Test
  void everyFileIsAMigration() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Schema.class.getResource("/clickhouse/001__spans.sql").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(Schema.migrations().stream().map(Migration::file))
          .containsExactlyElementsOf(files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  /** Without the window on the target of a view, a retried insert counts twice there. */
  @Test
  void everyTableHasTheSameDeduplicationWindowAndATtlAndTenantFirst() {
    Sql sql =
        Sql.of(
            """
            SELECT name, sorting_key, create_table_query AS ddl FROM system.tables
            WHERE database = 'nines' AND engine LIKE '%MergeTree' AND name != 'nines_migrations'
            """);
    assertThat(query.rows(sql)).hasSize(19).allSatisfy(SchemaTest::isComplete);
  }

  private static void isComplete(Row table) {
    assertThat(table.text("ddl"))
        .contains("non_replicated_deduplication_window = 10000")
        .contains("TTL ");
    assertThat(table.text("sorting_key")).as(table.text("name")).startsWith("tenant");
  }

  @Test
  void attributeSearchUsesTheIndex() {
    store(
        new SpanMapper(),
        "spans",
        List.of(Records.accepted("acme", "eu", 1, new RandomSpans(new Random(1), 3).request())));
    Sql sql =
        Sql.of("EXPLAIN indexes = 1 SELECT count() FROM spans WHERE has(items, 'order.id=17')");
    assertThat(query.rows(sql).stream().map(row -> row.text("explain")))
        .anyMatch(line -> line.contains("items_text"));
  }

  /** ClickHouse holds conditions on end against the minute of the key only while it knows how. */
  @Test
  void aRangeOfTimeUsesTheOrderOfSpans() {
    Sql sql =
        Sql.of(
            """
            EXPLAIN indexes = 1 SELECT count() FROM spans WHERE tenant = 'acme'
              AND end >= toDateTime64('2026-06-01 10:00:00', 9, 'UTC')
              AND end < toDateTime64('2026-06-01 10:01:00', 9, 'UTC')
            """);
    store(
        new SpanMapper(),
        "spans",
        List.of(Records.accepted("acme", "eu", 2, new RandomSpans(new Random(2), 3).request())));
    assertThat(query.rows(sql).stream().map(row -> row.text("explain")))
        .anyMatch(line -> line.contains("Condition:") && line.contains("60000000000) in ["));
  }
}
