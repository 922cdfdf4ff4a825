// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.Sql;
import java.time.Instant;

/**
 * Whose rows of the ledger answer for a minute. Lines of one SLO can have rows of the same minute:
 * its own of the time that a line was in force, and those of a later line's past. They are never
 * added to each other.
 */
public sealed interface LedgerAccount {

  /** In a statement: rows of the account as it is known, those of a region. */
  String SHOWN = "SHOWN_ROWS";

  /** In a statement: rows that were in the account at any time, and those without a region. */
  String EVER_SHOWN = "EVER_SHOWN_ROWS";

  /**
   * What counted at the time: what each line counted while it was in force, and the past of the
   * SLO's first. A selector that changes changes nothing of before; reports and evidence are made
   * of this.
   */
  record AtTheTime() implements LedgerAccount {
    static final String ROWS = "cause != 'RECOUNT'";
  }

  /** All that a line counted and was back-filled with: what its live budget has. */
  record OfLine(long line) implements LedgerAccount {
    static final String ROWS = "line = {line:Int64} AND scope != ''";
  }

  /**
   * Each minute as the newest line measures it whose past reaches it, or that counted it itself.
   *
   * @param line no newer one answers
   * @param knownAt pasts that were known then
   */
  record Newest(long line, Instant knownAt) implements LedgerAccount {
    static final String EVER = "line <= {line:Int64}";

    /** Each line's past reaches from its start back, without a gap. */
    static final String ROWS =
        EVER
            + """
             AND scope != '' AND NOT arrayExists(
              past -> past.1 > line AND past.2 <= toUnixTimestamp(minute),
              (SELECT groupArray((past_line, begin)) FROM (
                SELECT line AS past_line, toUnixTimestamp(min(minute)) AS begin FROM ledger
                WHERE tenant = {tenant:String} AND slo = {slo:String} AND scope = ''
                  AND cause = 'RECOUNT' AND line <= {line:Int64}
                  AND known_at <= fromUnixTimestamp64Milli({pasts_known:Int64}, 'UTC')
                GROUP BY past_line)))""";
  }

  /**
   * @param statement about an SLO, {@code {tenant:String}} and {@code {slo:String}}
   */
  default Sql about(String statement) {
    return switch (this) {
      case AtTheTime() -> Sql.of(rows(statement, AtTheTime.ROWS, AtTheTime.ROWS));
      case OfLine(long line) ->
          Sql.of(rows(statement, OfLine.ROWS, OfLine.ROWS)).with("line", line);
      case Newest(long line, Instant knownAt) ->
          Sql.of(rows(statement, Newest.ROWS, Newest.EVER))
              .with("line", line)
              .with("pasts_known", knownAt.toEpochMilli());
    };
  }

  private static String rows(String statement, String shown, String ever) {
    return statement.replace(EVER_SHOWN, ever).replace(SHOWN, shown);
  }
}
