// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.ledger;

import dev.nines.objectives.ledger.Accounts.Parts;
import dev.nines.objectives.ledger.ExcludedTime;
import dev.nines.objectives.ledger.ExcludedTime.Stretch;
import dev.nines.objectives.ledger.LedgerSum;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Sums of the ledger by region, excluded minutes apart from the others. */
public final class LedgerParts {

  private static final String LEFT_OUT =
      """
      arrayExists(
          (r, a, b) -> (r = '' OR r = toString(scope))
            AND toUnixTimestamp(minute) >= a AND toUnixTimestamp(minute) < b,
          {regions:Array(String)}, {starts:Array(Int64)}, {ends:Array(Int64)}) AS left_out""";

  private static final String REGIONS =
      """
      SELECT toString(scope) AS region, LEFT_OUT, SUMS
      FROM ledger
      WHERE_LEDGER
      GROUP BY region, left_out ORDER BY region, left_out
      """
          .replace("LEFT_OUT", LEFT_OUT)
          .replace("SUMS", Question.SUMS.strip())
          .replace("WHERE_LEDGER", Question.WHERE.strip());

  /** Only slices with a bad event in some part: others spend nothing. */
  private static final String SLICES =
      """
      SELECT * FROM (
        SELECT *, max(greatest(total_sum - good_sum - uncertain_sum, missing_sum))
            OVER (PARTITION BY start) AS worst
        FROM (
          SELECT intDiv(toUnixTimestamp(minute), {slice:Int64}) AS start,
            toString(scope) AS region, LEFT_OUT, SUMS
          FROM ledger
          WHERE_LEDGER
          GROUP BY start, region, left_out))
      WHERE worst > 0 ORDER BY start, region, left_out
      """
          .replace("LEFT_OUT", LEFT_OUT)
          .replace("SUMS", Question.SUMS.strip())
          .replace("WHERE_LEDGER", Question.WHERE.strip());

  private final Query query;
  private final int maxRows;

  public LedgerParts(Query query) {
    this(query, QueryLimits.DEFAULT.maxRows());
  }

  /**
   * @param maxRows of one answer
   */
  public LedgerParts(Query query, int maxRows) {
    this.query = query;
    this.maxRows = maxRows;
  }

  /** All of the time. */
  Map<String, Parts> regions(Question question, ExcludedTime excluded) {
    Map<String, Parts> regions = new TreeMap<>();
    query.rows(ask(question, REGIONS, excluded)).forEach(row -> add(regions, row));
    return regions;
  }

  /**
   * Slices with a bad event, each of all its regions.
   *
   * @param regions how many there may be: it bounds how much is asked for at once
   */
  void slices(
      Question question,
      ExcludedTime excluded,
      long sliceSeconds,
      int regions,
      Consumer<Map<String, Parts>> each) {
    long seconds = Math.max(1, maxRows / (2 * Math.max(1, regions))) * sliceSeconds;
    for (long from = question.from(); from < question.to(); from += seconds) {
      Question part = question.between(from, Math.min(from + seconds, question.to()));
      Map<Long, Map<String, Parts>> slices = new TreeMap<>();
      for (Row row : query.rows(ask(part, SLICES, excluded).with("slice", sliceSeconds))) {
        add(slices.computeIfAbsent(row.number("start"), start -> new TreeMap<>()), row);
      }
      slices.values().forEach(each);
    }
  }

  private static Sql ask(Question question, String statement, ExcludedTime excluded) {
    List<Stretch> stretches = excluded.stretches();
    return question
        .ask(statement)
        .with("regions", stretches.stream().map(Stretch::region).toList())
        .with("starts", stretches.stream().map(Stretch::from).toList())
        .with("ends", stretches.stream().map(Stretch::to).toList());
  }

  private static void add(Map<String, Parts> regions, Row row) {
    LedgerSum sum = Question.sum(row);
    Parts part =
        row.number("left_out") == 1
            ? new Parts(LedgerSum.NONE, sum)
            : new Parts(sum, LedgerSum.NONE);
    regions.merge(row.text("region"), part, Parts::plus);
  }
}
