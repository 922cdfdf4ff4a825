// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import dev.nines.warehouse.Query;
import dev.nines.warehouse.Sql;
import java.time.Instant;

/** Rows of the ledger as the archive would have written them, minute by minute from an instant. */
record LedgerFill(Query query, Instant from) {

  private static final String ROWS =
      """
      INSERT INTO ledger (tenant, slo, scope, `group`, generation, line, minute, good, total,
        uncertain, cause, known_at, task, seq, logged_at)
      SELECT 'default', {slo:String}, {region:String}, {group:String}, 1, 1,
        toDateTime({from:Int64} + 60 * number, 'UTC'), GOOD, TOTAL, {uncertain:Int64}, 'ON_TIME',
        fromUnixTimestamp64Milli({known:Int64}, 'UTC'), 't', number, now64(3)
      FROM numbers({first:Int64}, {count:Int64})""";

  /**
   * @param good SQL over {@code number}, the minute
   * @param shiftSeconds moves all minutes
   */
  void rows(
      String region,
      String group,
      int first,
      int count,
      String good,
      String total,
      Instant known,
      String slo,
      int shiftSeconds) {
    query.execute(
        Sql.of(ROWS.replace("GOOD", good).replace("TOTAL", total))
            .with("slo", slo)
            .with("region", region)
            .with("group", group)
            .with("uncertain", 0L)
            .with("from", from.getEpochSecond() + shiftSeconds)
            .with("first", (long) first)
            .with("count", (long) count)
            .with("known", known.toEpochMilli()));
  }

  /** Of one minute, known long ago: expected events that did not come. */
  void missing(String slo, int minute, long events, int shiftSeconds) {
    query.execute(
        Sql.of(
                """
                INSERT INTO ledger (tenant, slo, scope, generation, line, minute, missing, cause,
                  known_at, task, seq, logged_at)
                SELECT 'default', {slo:String}, 'eu', 1, 1, toDateTime({minute:Int64}, 'UTC'),
                  {events:Int64}, 'MISSING', fromUnixTimestamp64Milli({known:Int64}, 'UTC'), 't', 0,
                  now64(3)""")
            .with("slo", slo)
            .with("minute", from.getEpochSecond() + shiftSeconds + 60L * minute)
            .with("events", events)
            .with("known", from.toEpochMilli()));
  }

  /** The past of a later line, in which everything failed. */
  void recounted(String slo, int count, Instant known) {
    query.execute(
        Sql.of(
                ROWS.replace("GOOD", "0")
                    .replace("TOTAL", "90")
                    .replace("1, 1,", "7, 7,")
                    .replace("'ON_TIME'", "'RECOUNT'"))
            .with("slo", slo)
            .with("region", "eu")
            .with("group", "")
            .with("uncertain", 0L)
            .with("from", from.getEpochSecond())
            .with("first", 0L)
            .with("count", (long) count)
            .with("known", known.toEpochMilli()));
  }

  /** One minute of a histogram without a bound at its threshold, known long ago. */
  void uncertain(String slo, int minute, long good, long uncertain, long total, int shiftSeconds) {
    query.execute(
        Sql.of(ROWS.replace("GOOD", good + "").replace("TOTAL", total + ""))
            .with("slo", slo)
            .with("region", "eu")
            .with("group", "")
            .with("uncertain", uncertain)
            .with("from", from.getEpochSecond() + shiftSeconds)
            .with("first", (long) minute)
            .with("count", 1L)
            .with("known", from.toEpochMilli()));
  }
}
