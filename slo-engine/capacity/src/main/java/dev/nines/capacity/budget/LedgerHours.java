// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.budget;

import dev.nines.objectives.Slo;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the ledger has of a line of an SLO, by hours of the clock. */
public final class LedgerHours {

  private static final String HOURS =
      """
      SELECT hours_ago, sum(minute_bad) AS bad_sum, sum(minute_total) AS total_sum
      FROM (
        SELECT intDiv({to:Int64} - 1 - toUnixTimestamp(minute), 3600) AS hours_ago,
          sum(total + missing) AS minute_total,
          greatest(sum(total) - sum(good) - sum(uncertain), 0) + sum(missing) AS minute_bad
        FROM ledger
        WHERE tenant = {tenant:String} AND slo = {slo:String} AND line = {line:Int64}
          AND minute >= toDateTime({from:Int64}, 'UTC') AND minute < toDateTime({to:Int64}, 'UTC')
        GROUP BY scope, minute)
      GROUP BY hours_ago
      """;

  private final Query query;

  public LedgerHours(Query query) {
    this.query = query;
  }

  /**
   * The hour of {@code now} and those before it, oldest first: bad events are those that surely
   * failed and those that were expected and did not come.
   *
   * @param hours with that of {@code now}
   */
  SpentHours read(Slo slo, Instant now, int hours) {
    Instant to = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
    Sql sql =
        Sql.of(HOURS)
            .with("tenant", slo.id().tenant())
            .with("slo", slo.id().name())
            .with("line", slo.line())
            .with("from", to.minus(Duration.ofHours(hours)).getEpochSecond())
            .with("to", to.getEpochSecond());
    SpentHours read = new SpentHours(new long[hours], new long[hours]);
    for (Row row : query.rows(sql)) {
      int i = hours - 1 - Math.toIntExact(row.number("hours_ago"));
      read.bad()[i] = row.number("bad_sum");
      read.total()[i] = row.number("total_sum");
    }
    return read;
  }
}
