// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.ledger;

import dev.nines.archive.LedgerAccount;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.ledger.LedgerSum;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Instant;

/**
 * Minutes of an SLO in the ledger, as known at an instant.
 *
 * @param account whose rows
 * @param scope a region, or all of them
 * @param from epoch seconds, and so {@code to}, exclusive
 */
record Question(
    SloId slo, LedgerAccount account, String scope, long from, long to, Instant knownAt) {

  /** Of a statement about the ledger. */
  static final String WHERE = where(LedgerAccount.SHOWN);

  /** The same, of rows that are not in the account any more, too. */
  static final String WHERE_EVER = where(LedgerAccount.EVER_SHOWN + " AND scope != ''");

  private static final String ASKED =
      """
      WHERE tenant = {tenant:String} AND slo = {slo:String} AND ROWS
        AND ({scope:String} = '' OR scope = {scope:String})
        AND minute >= toDateTime({from:Int64}, 'UTC') AND minute < toDateTime({to:Int64}, 'UTC')
        AND known_at <= fromUnixTimestamp64Milli({known:Int64}, 'UTC')
      """;

  static final String SUMS =
      """
      sum(good) AS good_sum, sum(total) AS total_sum, sum(uncertain) AS uncertain_sum,
        sum(missing) AS missing_sum
      """;

  Question between(long start, long end) {
    return new Question(slo, account, scope, start, end, knownAt);
  }

  Sql ask(String statement) {
    return account
        .about(statement)
        .with("tenant", slo.tenant())
        .with("slo", slo.name())
        .with("scope", scope.equals(SloStatus.GLOBAL) ? "" : scope)
        .with("from", from)
        .with("to", to)
        .with("known", knownAt.toEpochMilli());
  }

  private static String where(String rows) {
    return ASKED.replace("ROWS", rows);
  }

  static LedgerSum sum(Row row) {
    return new LedgerSum(
        row.number("good_sum"),
        row.number("total_sum"),
        row.number("uncertain_sum"),
        row.number("missing_sum"));
  }
}
