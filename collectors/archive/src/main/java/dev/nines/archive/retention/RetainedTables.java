// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.retention;

import dev.nines.archive.retention.Retention.Days;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Gives the tables of telemetry their TTL. What a table was given is its comment, so that nothing
 * is altered at a start that changes nothing; rows that are there follow a new rule too, at the
 * next merge.
 */
public final class RetainedTables {

  /** A table with the column that says when its rows were appended. */
  private record Table(String name, String appended) {}

  private static final List<Table> SPANS =
      List.of(new Table("spans", "appended_at"), new Table("trace_times", "appended_on"));

  private static final List<Table> POINTS =
      List.of(
          new Table("metric_points", "appended_at"),
          new Table("metric_histograms", "appended_at"),
          new Table("metric_exponential_histograms", "appended_at"),
          new Table("metric_summaries", "appended_at"),
          new Table("metric_exemplars", "appended_at"),
          new Table("metric_series", "appended_on"));

  private final Query query;

  public RetainedTables(Query query) {
    this.query = query;
  }

  /** Makes the tables what they should be. */
  public void apply(Retention retention) {
    SPANS.forEach(
        table -> apply(table, retention, Retention.DEFAULT.common().spans(), Days::spans));
    POINTS.forEach(
        table -> apply(table, retention, Retention.DEFAULT.common().points(), Days::points));
  }

  private void apply(Table table, Retention retention, int madeWith, ToIntFunction<Days> days) {
    int common = days.applyAsInt(retention.common());
    Map<String, Integer> others = new TreeMap<>();
    retention
        .ofTenants()
        .forEach(
            (tenant, own) -> {
              if (days.applyAsInt(own) != common) {
                others.put(tenant, days.applyAsInt(own));
              }
            });
    String rule = others.isEmpty() && common == madeWith ? "" : "kept " + common + " " + others;
    Row stored = stored(table);
    if (!rule.equals(stored.text("comment"))) {
      alter(new Table(stored.text("name"), table.appended), common, others, rule);
    }
  }

  /** On a cluster the rows are in the table of each shard, which comes first here. */
  private Row stored(Table table) {
    Sql sql =
        Sql.of(
            """
            SELECT name, comment FROM system.tables
            WHERE database = currentDatabase()
              AND name IN ({name:String}, concat({name:String}, '_local'))
            ORDER BY length(name) DESC LIMIT 1
            """);
    return query.one(sql.with("name", table.name));
  }

  /**
   * Parts hold rows of all tenants: where tenants differ, rows leave by themselves and not with
   * their part. The comment comes last: after a crash in between all is done again. DDL takes no
   * parameters, so names are written as literals.
   */
  private void alter(Table table, int common, Map<String, Integer> others, String rule) {
    String ttl = "toDate(%s) + toIntervalDay(%s)".formatted(table.appended, days(common, others));
    int wholeParts = others.isEmpty() ? 1 : 0;
    for (String change :
        List.of(
            "MODIFY TTL " + ttl + " DELETE",
            "MODIFY SETTING ttl_only_drop_parts = " + wholeParts,
            "MODIFY COMMENT " + literal(rule))) {
      query.execute(Sql.of("ALTER TABLE " + table.name + " " + change));
    }
  }

  private static String days(int common, Map<String, Integer> others) {
    if (others.isEmpty()) {
      return Integer.toString(common);
    }
    return "transform(toString(tenant), [%s], [%s], %d)"
        .formatted(
            others.keySet().stream().map(RetainedTables::literal).collect(Collectors.joining(", ")),
            others.values().stream().map(String::valueOf).collect(Collectors.joining(", ")),
            common);
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
