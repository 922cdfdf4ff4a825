// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;

/** What two versions of a service answered beside each other, from the stored spans. */
public final class CanaryEvidence {

  private final Query query;

  public CanaryEvidence(Query query) {
    this.query = query;
  }

  /**
   * Requests in those regions, routes and minutes where both versions had one.
   *
   * @param sampled some span of the service then stands for more than itself: those that are kept
   *     were chosen by failure, and their shares are no shares of requests
   */
  public record Versions(
      long canaryBad, long canaryTotal, long baselineBad, long baselineTotal, boolean sampled) {}

  /**
   * @param attribute that tells versions apart, such as {@code service.version}
   */
  public Evidence<Versions> compare(
      EvidenceScope scope, String attribute, String canary, String baseline) {
    Conditions where = new Conditions();
    IndicatorSql indicator = new IndicatorSql(where);
    indicator.select(scope);
    String bad = indicator.bad(scope.indicator().bad());
    String version = indicator.value(attribute);
    String statement =
        """
        SELECT sumIf(canary_bad, both) AS canary_bad_sum, sumIf(canary_total, both) AS canary_sum,
          sumIf(baseline_bad, both) AS baseline_bad_sum, sumIf(baseline_total, both) AS baseline_sum,
          max(stands_for) > 1 AS sampled
        FROM (
          SELECT region, operation, intDiv(toUnixTimestamp64Milli(end), 60000) AS minute,
            countIf(version = %1$s) AS canary_total, countIf(version = %1$s AND is_bad) AS canary_bad,
            countIf(version = %2$s) AS baseline_total,
            countIf(version = %2$s AND is_bad) AS baseline_bad,
            max(adjusted_count) AS stands_for, canary_total > 0 AND baseline_total > 0 AS both
          FROM (
            SELECT region, operation, end, adjusted_count, %3$s AS version, %4$s AS is_bad
            FROM spans
            WHERE %5$s)
          GROUP BY region, operation, minute)
        """
            .formatted(
                where.parameter("String", canary),
                where.parameter("String", baseline),
                version,
                bad,
                where.text());
    Sql sql = where.sql(statement);
    return new Evidence<>(versions(query.one(sql)), sql.readable());
  }

  private static Versions versions(Row row) {
    return new Versions(
        row.number("canary_bad_sum"),
        row.number("canary_sum"),
        row.number("baseline_bad_sum"),
        row.number("baseline_sum"),
        row.number("sampled") > 0);
  }
}
