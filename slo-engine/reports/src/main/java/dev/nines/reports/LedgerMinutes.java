// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import dev.nines.objectives.sla.Contract;
import dev.nines.objectives.sla.Minutes;
import dev.nines.objectives.sla.Period;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** One service's minutes from the SLI ledger, over all regions, as known at an instant. */
final class LedgerMinutes {

  private static final String WHERE =
      """
      FROM ledger
      WHERE tenant = {tenant:String} AND slo = {slo:String}
        AND minute >= toDateTime({from:Int64}, 'UTC') AND minute < toDateTime({to:Int64}, 'UTC')
        AND known_at <= fromUnixTimestamp64Milli({known:Int64}, 'UTC')
      """;

  /**
   * A contract without a group counts every group: the whole is the sum over its groups. Events of
   * which only a histogram's bucket is known are good, as they are for budgets and alerts. Good is
   * cut to what can be: counters that were read at different moments may claim more, or less than
   * none.
   */
  private static final String MINUTES =
      """
      SELECT toInt64(toUnixTimestamp(minute)) AS begin, sum(total) AS heard,
        sumIf(total, {group:String} = '' OR `group` = {group:String}) AS total_sum,
        least(total_sum, greatest(0,
          sumIf(good + uncertain, {group:String} = '' OR `group` = {group:String}))) AS good_sum
      """
          + WHERE
          + "GROUP BY begin ORDER BY begin";

  private static final String LINES = "SELECT DISTINCT line " + WHERE + " ORDER BY line LIMIT 1000";

  private static final long MINUTE_SECONDS = 60;

  private final Query query;

  LedgerMinutes(Query query) {
    this.query = query;
  }

  Minutes read(String tenant, Contract.Service service, Period period, Instant knownAt) {
    Minutes minutes = new Minutes(period.minutes());
    Sql sql = about(MINUTES, tenant, service, period, knownAt).with("group", service.group());
    for (Row row : query.rows(sql)) {
      long offset = row.number("begin") - period.from().getEpochSecond();
      minutes.set(
          Math.toIntExact(offset / MINUTE_SECONDS),
          row.number("good_sum"),
          row.number("total_sum"),
          row.number("heard"));
    }
    return minutes;
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
