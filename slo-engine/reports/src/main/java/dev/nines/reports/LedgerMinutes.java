// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import dev.nines.objectives.Group;
import dev.nines.objectives.sla.Contract;
import dev.nines.objectives.sla.Minutes;
import dev.nines.objectives.sla.Period;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One service's minutes from the SLI ledger, over all regions, as known at an instant: what counted
 * at the time. A selector that changes changes no minute of before.
 */
final class LedgerMinutes {

  private static final String WHERE =
      """
      FROM ledger
      WHERE tenant = {tenant:String} AND slo = {slo:String}
        AND minute >= toDateTime({from:Int64}, 'UTC') AND minute < toDateTime({to:Int64}, 'UTC')
        AND known_at <= fromUnixTimestamp64Milli({known:Int64}, 'UTC')
        AND cause != 'RECOUNT'
      """;

  /**
   * A contract without a group counts every group: the whole is the sum over its groups. What was
   * counted before the SLO had groups says nothing of any. Nothing is expected of one group, so
   * nothing of it is missing.
   */
  private static final String MINUTES =
      """
      SELECT toInt64(toUnixTimestamp(minute)) AS begin,
        sumIf(total, {group:String} = '' OR `group` != '') AS heard,
        sumIf(total, `group` = {other:String}) AS other_sum,
        sumIf(total, {group:String} = '' OR `group` = {group:String}) AS total_sum,
        sumIf(good, {group:String} = '' OR `group` = {group:String}) AS good_sum,
        sumIf(uncertain, {group:String} = '' OR `group` = {group:String}) AS uncertain_sum,
        greatest(sumIf(missing, {group:String} = ''), 0) AS missing_sum
      """
          + WHERE
          + "GROUP BY begin ORDER BY begin";

  private static final String LINES = "SELECT DISTINCT line " + WHERE + " ORDER BY line LIMIT 1000";

  private static final long MINUTE_SECONDS = 60;

  private final Query query;

  LedgerMinutes(Query query) {
    this.query = query;
  }

  /**
   * A group that came when its SLO had no room for another is in {@link Group#OTHER}: where that
   * has events and the group never had one, the group is unmeasured and not idle.
   */
  Minutes read(String tenant, Contract.Service service, Period period, Instant knownAt) {
    Minutes minutes = new Minutes(period.minutes());
    Sql sql =
        about(MINUTES, tenant, service, period, knownAt)
            .with("group", service.group())
            .with("other", Group.OTHER);
    List<Row> rows = query.rows(sql);
    boolean own = rows.stream().anyMatch(row -> row.number("total_sum") > 0);
    for (Row row : rows) {
      if (own || row.number("other_sum") == 0) {
        long offset = row.number("begin") - period.from().getEpochSecond();
        minutes.set(Math.toIntExact(offset / MINUTE_SECONDS), events(row));
      }
    }
    return minutes;
  }

  /**
   * Two counters that were read at different moments can claim more failures than events in a
   * minute, or fewer than none: what is bad is held to what was counted.
   */
  private static Minutes.Events events(Row row) {
    long total = row.number("total_sum");
    long missing = row.number("missing_sum");
    long uncertain = Math.clamp(row.number("uncertain_sum"), 0, total);
    long good = Math.clamp(row.number("good_sum"), 0, total - uncertain);
    return new Minutes.Events(
        good, uncertain, total + missing, row.number("heard") + missing, missing);
  }

  /** Generations that began the ledger lines which the minutes come from. */
  Set<Long> lines(String tenant, Contract.Service service, Period period, Instant knownAt) {
    Set<Long> lines = new TreeSet<>();
    for (Row row : query.rows(about(LINES, tenant, service, period, knownAt))) {
      lines.add(row.number("line"));
    }
    return lines;
  }

  private static Sql about(
      String text, String tenant, Contract.Service service, Period period, Instant knownAt) {
    return Sql.of(text)
        .with("tenant", tenant)
        .with("slo", service.slo())
        .with("from", period.from().getEpochSecond())
        .with("to", period.to().getEpochSecond())
        .with("known", knownAt.toEpochMilli());
  }
}
