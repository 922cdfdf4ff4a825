// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.ledger;

import dev.nines.objectives.SloId;
import dev.nines.objectives.ledger.LedgerSum;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Sql;
import java.util.List;

/** Sums of the ledger by time and region, and when regions are on record as not measured. */
public final class LedgerCells {

  private static final String CELLS =
      """
      SELECT intDiv(toUnixTimestamp(minute), {cell:Int64}) * {cell:Int64} AS start,
        toString(scope) AS region, SUMS,
        arraySort(groupUniqArray(toInt64(line))) AS lines,
        toUnixTimestamp64Milli(maxIf(known_at, cause != 'ON_TIME')) AS revised
      FROM ledger
      WHERE_LEDGER
      GROUP BY start, region ORDER BY start, region
      """
          .replace("SUMS", Question.SUMS.strip())
          .replace("WHERE_LEDGER", Question.WHERE.strip());

  /** What each state of a budget said; states are kept 90 days. */
  private static final String SILENCES =
      """
      SELECT toString(scope) AS region, toUnixTimestamp64Milli(unmeasured_since) AS since,
        toUnixTimestamp64Milli(max(as_of)) AS until
      FROM budget_history
      WHERE tenant = {tenant:String} AND slo = {slo:String}
        AND scope != 'global' AND ({scope:String} = '' OR scope = {scope:String})
        AND unmeasured_since > toDateTime64(0, 3, 'UTC')
        AND unmeasured_since < toDateTime({to:Int64}, 'UTC')
        AND as_of >= toDateTime({from:Int64}, 'UTC')
        AND as_of <= fromUnixTimestamp64Milli({known:Int64}, 'UTC')
      GROUP BY region, since ORDER BY region, since LIMIT 10000
      """;

  private static final String ANY =
      """
      SELECT 1 AS found FROM ledger
      WHERE tenant = {tenant:String} AND slo = {slo:String} AND scope = {region:String} LIMIT 1
      """;

  private final Query query;

  public LedgerCells(Query query) {
    this.query = query;
  }

  /**
   * @param start epoch seconds
   * @param lines that counted it
   * @param revisedMillis when it was known last that changed it after it was complete; 0 for never
   */
  record Cell(long start, String region, LedgerSum sum, List<Long> lines, long revisedMillis) {}

  /** A region was silent from and to an instant, epoch milliseconds. */
  record Silence(String region, long from, long to) {

    /** All of a stretch of epoch seconds. */
    boolean covers(long start, long end) {
      return from <= start * 1_000 && end * 1_000 <= to;
    }
  }

  /** By begin, then by region. */
  List<Cell> cells(Question question, long cellSeconds) {
    return query.rows(question.ask(CELLS).with("cell", cellSeconds)).stream()
        .map(
            row ->
                new Cell(
                    row.number("start"),
                    row.text("region"),
                    Question.sum(row),
                    row.<Long>list("lines"),
                    row.number("revised")))
        .toList();
  }

  /** An event of the SLO was ever counted in a region. */
  boolean knows(SloId slo, String region) {
    Sql asked =
        Sql.of(ANY).with("tenant", slo.tenant()).with("slo", slo.name()).with("region", region);
    return !query.rows(asked).isEmpty();
  }

  List<Silence> silences(Question question) {
    return query.rows(question.ask(SILENCES)).stream()
        .map(row -> new Silence(row.text("region"), row.number("since"), row.number("until")))
        .toList();
  }
}
