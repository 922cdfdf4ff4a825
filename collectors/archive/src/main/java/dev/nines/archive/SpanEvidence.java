// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.util.List;
import java.util.function.Function;

/** What the stored spans say about an incident. */
public final class SpanEvidence {

  /** Total and bad spans under one value of an attribute, or in one region. */
  public record Share(String value, long total, long bad) {}

  private static final int MAX_SHARES = 100;

  private final Query query;

  public SpanEvidence(Query query) {
    this.query = query;
  }

  /** Ids of traces with a bad span, those with the slowest bad spans first. */
  public Evidence<List<String>> exemplars(EvidenceScope scope, int count) {
    Conditions where = new Conditions();
    IndicatorSql indicator = new IndicatorSql(where);
    indicator.select(scope);
    where.add(indicator.bad(scope.indicator().bad()));
    where.value("limit", count);
    String statement =
        """
        SELECT lower(hex(trace_id)) AS trace
        FROM spans
        WHERE %s
        GROUP BY trace_id
        ORDER BY max(duration_nanos) DESC, trace
        LIMIT {limit:Int64}
        """
            .formatted(where.text());
    return read(where.sql(statement), row -> row.text("trace"));
  }

  /** Total and bad by value of a span or resource attribute, worst first; 100 at most. */
  public Evidence<List<Share>> byAttribute(EvidenceScope scope, String key) {
    Conditions where = new Conditions();
    return shares(where, scope, new IndicatorSql(where).value(key));
  }

  /** Total and bad by region, worst first. */
  public Evidence<List<Share>> byRegion(EvidenceScope scope) {
    return shares(new Conditions(), scope, "toString(region)");
  }

  /** Total and bad; the value is empty. */
  public Evidence<Share> impact(EvidenceScope scope) {
    Evidence<List<Share>> all = shares(new Conditions(), scope, "''");
    Share sum = all.value().isEmpty() ? new Share("", 0, 0) : all.value().getFirst();
    return new Evidence<>(sum, all.query());
  }

  private Evidence<List<Share>> shares(Conditions where, EvidenceScope scope, String value) {
    IndicatorSql indicator = new IndicatorSql(where);
    indicator.select(scope);
    String bad = indicator.bad(scope.indicator().bad());
    where.value("limit", MAX_SHARES);
    String statement =
        """
        SELECT %s AS shared, count() AS total, countIf(%s) AS bad
        FROM spans
        WHERE %s
        GROUP BY shared
        ORDER BY bad DESC, total DESC, shared
        LIMIT {limit:Int64}
        """
            .formatted(value, bad, where.text());
    return read(
        where.sql(statement),
        row -> new Share(row.text("shared"), row.number("total"), row.number("bad")));
  }

  private <T> Evidence<List<T>> read(Sql sql, Function<Row, T> value) {
    return new Evidence<>(query.rows(sql).stream().map(value).toList(), sql.readable());
  }
}
