// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.SloId;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each incident of an objective cost it: bad events of the minutes that it lasted. */
public final class IncidentSpans {

  /** An incident that is open for longer costs what others cost, too. */
  private static final String INCIDENTS =
      """
      SELECT splitByChar('-', id)[1] AS incident, JSONExtractInt(payload, 'run') AS run,
        min(toUnixTimestamp(parseDateTime64BestEffort(JSONExtractString(payload, 'firstBadAt'), 3, 'UTC'))) AS began,
        countIf(JSONExtractString(payload, 'state') = 'RESOLVED') AS ends,
        minIf(toUnixTimestamp(at), JSONExtractString(payload, 'state') = 'RESOLVED') AS ended
      FROM incident_events
      WHERE tenant = {tenant:String} AND JSONExtractString(payload, 'slo') = {slo:String}
        AND at >= toDateTime({from:Int64}, 'UTC') - INTERVAL 92 DAY
      GROUP BY incident, run
      HAVING began < {to:Int64} AND (ends = 0 OR ended > {from:Int64})
      ORDER BY began, toUInt64OrZero(incident), run
      LIMIT 10000
      """;

  private static final String MINUTES =
      """
      SELECT minute_start, sum(region_bad) AS bad
      FROM (
        SELECT toUnixTimestamp(minute) AS minute_start, scope,
          greatest(sum(total) - sum(good) - sum(uncertain), 0) + sum(missing) AS region_bad
        FROM ledger
        WHERE tenant = {tenant:String} AND slo = {slo:String}
          AND minute >= toDateTime({from:Int64}, 'UTC') AND minute < toDateTime({to:Int64}, 'UTC')
          AND SHOWN_ROWS
        GROUP BY minute_start, scope)
      GROUP BY minute_start
      HAVING bad > 0
      ORDER BY minute_start
      """;
  private static final long MINUTE_SECONDS = 60;

  private final Query query;

  public IncidentSpans(Query query) {
    this.query = query;
  }

  /** Bad events of one incident. */
  public record Cost(String incident, long bad) {}

  /**
   * One run of an incident, to whole seconds.
   *
   * @param endedSeconds the far future while it is open
   */
  private record Span(String incident, long beganSeconds, long endedSeconds) {

    boolean touches(long minuteStart) {
      return beganSeconds < minuteStart + MINUTE_SECONDS && endedSeconds > minuteStart;
    }
  }

  /**
   * The costliest first; an incident that cost nothing is left out. A minute is that of the
   * incident that began first of those that touch it.
   *
   * @param from and {@code to}: whole minutes
   */
  public List<Cost> costs(SloId slo, LedgerAccount account, Instant from, Instant to) {
    List<Span> spans = spans(slo, from, to);
    Map<String, Long> costs = new HashMap<>();
    for (Row row : query.rows(of(account.about(MINUTES), slo.tenant(), slo.name(), from, to))) {
      long minute = row.number("minute_start");
      long bad = row.number("bad");
      spans.stream()
          .filter(span -> span.touches(minute))
          .findFirst()
          .ifPresent(span -> costs.merge(span.incident(), bad, Math::addExact));
    }
    return costs.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> new Cost(entry.getKey(), entry.getValue()))
        .toList();
  }

  private List<Span> spans(SloId slo, Instant from, Instant to) {
    return query.rows(of(Sql.of(INCIDENTS), slo.tenant(), slo.toString(), from, to)).stream()
        .map(
            row ->
                new Span(
                    row.text("incident"),
                    row.number("began"),
                    row.number("ends") == 0 ? Long.MAX_VALUE : row.number("ended")))
        .toList();
  }

  private static Sql of(Sql statement, String tenant, String slo, Instant from, Instant to) {
    return statement
        .with("tenant", tenant)
        .with("slo", slo)
        .with("from", from.getEpochSecond())
        .with("to", to.getEpochSecond());
  }
}
