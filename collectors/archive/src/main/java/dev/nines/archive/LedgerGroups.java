// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.SloId;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Instant;
import java.util.List;

/**
 * Which groups of an objective were hit, and how much, from the SLI ledger over all regions. What
 * is missing is of no group.
 */
public final class LedgerGroups {

  private static final String GROUPS =
      """
      SELECT toString(`group`) AS group_name, sum(total) AS total_sum, sum(good) AS good_sum,
        sum(uncertain) AS uncertain_sum,
        greatest(total_sum - good_sum - uncertain_sum, 0) AS bad_sum
      FROM ledger
      WHERE tenant = {tenant:String} AND slo = {slo:String}
        AND minute >= toDateTime({from:Int64}, 'UTC') AND minute < toDateTime({to:Int64}, 'UTC')
        AND SHOWN_ROWS
        AND cause != 'MISSING'
      GROUP BY group_name
      ORDER BY bad_sum DESC, total_sum DESC, group_name
      """;
  private static final long MINUTE_SECONDS = 60;

  private final Query query;

  public LedgerGroups(Query query) {
    this.query = query;
  }

  /**
   * @param group {@link dev.nines.objectives.Group}; empty for events of before the SLO had groups
   * @param bad events that surely failed
   */
  public record GroupImpact(String group, long good, long uncertain, long bad, long total) {}

  /** Groups by bad events, over the ledger minutes that touch [from, to). */
  public Evidence<List<GroupImpact>> impact(
      SloId slo, LedgerAccount account, Instant from, Instant to) {
    Sql sql =
        account
            .about(GROUPS)
            .with("tenant", slo.tenant())
            .with("slo", slo.name())
            .with("from", Math.floorDiv(from.getEpochSecond(), MINUTE_SECONDS) * MINUTE_SECONDS)
            .with("to", to.getEpochSecond());
    return new Evidence<>(
        query.rows(sql).stream().map(LedgerGroups::group).toList(), sql.readable());
  }

  private static GroupImpact group(Row row) {
    return new GroupImpact(
        row.text("group_name"),
        row.number("good_sum"),
        row.number("uncertain_sum"),
        row.number("bad_sum"),
        row.number("total_sum"));
  }
}
