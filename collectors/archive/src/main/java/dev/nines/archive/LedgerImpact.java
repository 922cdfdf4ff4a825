// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.SloId;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When, where and how much an objective surely suffered, from the SLI ledger. */
public final class LedgerImpact {

  private static final String REGIONS =
      """
      SELECT scope_name, sum(minute_total) AS total_sum, sum(minute_bad) AS bad_sum,
        sum(minute_missing) AS missing_sum,
        minIf(minute_start, minute_bad > 0) AS began, maxIf(minute_start, minute_bad > 0) AS ended
      FROM (
        SELECT toString(scope) AS scope_name, toUnixTimestamp(minute) AS minute_start,
          sum(total + missing) AS minute_total,
          greatest(sum(total) - sum(good) - sum(uncertain), 0) + sum(missing) AS minute_bad,
          sum(missing) AS minute_missing
        FROM ledger
        WHERE tenant = {tenant:String} AND slo = {slo:String}
          AND minute >= toDateTime({from:Int64}, 'UTC') AND minute < toDateTime({to:Int64}, 'UTC')
          AND SHOWN_ROWS
        GROUP BY scope_name, minute_start)
      GROUP BY scope_name
      ORDER BY bad_sum DESC, scope_name
      """;
  private static final String SLICES =
      """
      SELECT slice_number, sum(region_total) AS total_sum, sum(region_bad) AS bad_sum
      FROM (
        SELECT intDiv(toUnixTimestamp(minute), {slice:Int64}) AS slice_number, scope,
          greatest(sum(total), 0) AS region_total,
          least(greatest(sum(total) - sum(good) - sum(uncertain), 0), region_total) AS region_bad
        FROM ledger
        WHERE tenant = {tenant:String} AND slo = {slo:String}
          AND minute >= toDateTime({from:Int64}, 'UTC') AND minute < toDateTime({to:Int64}, 'UTC')
          AND SHOWN_ROWS
        GROUP BY slice_number, scope)
      GROUP BY slice_number
      HAVING bad_sum > 0
      ORDER BY slice_number
      """;
  private static final long MINUTE_SECONDS = 60;

  private final Query query;

  public LedgerImpact(Query query) {
    this.query = query;
  }

  /**
   * One region's share.
   *
   * @param bad events that surely failed, and those that were expected and did not come
   * @param missing the latter
   * @param began start of the first minute with a bad event; empty when there is none
   * @param ended end of the last one, or the end of the question when that comes first
   */
  public record RegionImpact(
      String region,
      long total,
      long bad,
      long missing,
      Optional<Instant> began,
      Optional<Instant> ended) {}

  /** What all regions had in one slice of time; bad events are at most all. */
  public record Slice(long bad, long total) {}

  /**
   * Slices that touch [from, to) and have a bad event, oldest first.
   *
   * @param slice whole minutes
   */
  public List<Slice> badSlices(
      SloId slo, LedgerAccount account, Instant from, Instant to, Duration slice) {
    long seconds = slice.toSeconds();
    Sql sql =
        account
            .about(SLICES)
            .with("tenant", slo.tenant())
            .with("slo", slo.name())
            .with("slice", seconds)
            .with("from", Math.floorDiv(from.getEpochSecond(), seconds) * seconds)
            .with("to", Math.ceilDiv(to.getEpochSecond(), seconds) * seconds);
    return query.rows(sql).stream()
        .map(row -> new Slice(row.number("bad_sum"), row.number("total_sum")))
        .toList();
  }

  /** Regions by bad events, over the ledger minutes that touch [from, to). */
  public Evidence<List<RegionImpact>> regions(
      SloId slo, LedgerAccount account, Instant from, Instant to) {
    Sql sql =
        account
            .about(REGIONS)
            .with("tenant", slo.tenant())
            .with("slo", slo.name())
            .with("from", Math.floorDiv(from.getEpochSecond(), MINUTE_SECONDS) * MINUTE_SECONDS)
            .with("to", to.getEpochSecond());
    return new Evidence<>(
        query.rows(sql).stream().map(row -> region(row, to)).toList(), sql.readable());
  }

  private static RegionImpact region(Row row, Instant to) {
    long bad = row.number("bad_sum");
    Instant minuteEnd = Instant.ofEpochSecond(row.number("ended") + MINUTE_SECONDS);
    return new RegionImpact(
        row.text("scope_name"),
        row.number("total_sum"),
        bad,
        row.number("missing_sum"),
        bad == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(row.number("began"))),
        bad == 0 ? Optional.empty() : Optional.of(minuteEnd.isBefore(to) ? minuteEnd : to));
  }
}
