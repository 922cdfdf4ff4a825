// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.SloId;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Sql;
import java.time.Instant;
import java.util.List;

/** Sums of the ledger. Its minutes are those of the events' ends. */
final class LedgerQueries {

  /** The end of time: everything that is known now. */
  public static final Instant NOW_KNOWN = Instant.ofEpochSecond(4_000_000_000L);

  private static final String SUMS =
      """
      SELECT toString(scope) AS scope_name, line, sum(good) AS good_sum, sum(total) AS total_sum
      FROM ledger
      WHERE tenant = {tenant:String} AND slo = {slo:String}
        AND minute >= toDateTime({from:Int64}, 'UTC') AND minute < toDateTime({to:Int64}, 'UTC')
        AND known_at <= fromUnixTimestamp64Milli({known:Int64}, 'UTC')
      GROUP BY scope, line
      ORDER BY scope_name, line
      """;

  /** Good and total of one scope and ledger line. */
  public record Sum(String scope, long line, long good, long total) {}

  private final Query query;

  public LedgerQueries(Query query) {
    this.query = query;
  }

  /**
   * Sums by scope and line over the minutes that begin in [from, to).
   *
   * @param knownAt only what was known then; {@link #NOW_KNOWN} for all
   */
  public Evidence<List<Sum>> sums(SloId slo, Instant from, Instant to, Instant knownAt) {
    Sql sql =
        Sql.of(SUMS)
            .with("tenant", slo.tenant())
            .with("slo", slo.name())
            .with("from", from.getEpochSecond())
            .with("to", to.getEpochSecond())
            .with("known", knownAt.toEpochMilli());
    List<Sum> sums =
        query.rows(sql).stream()
            .map(
                row ->
                    new Sum(
                        row.text("scope_name"),
                        row.number("line"),
                        row.number("good_sum"),
                        row.number("total_sum")))
            .toList();
    return new Evidence<>(sums, sql.readable());
  }
}
