// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.graph;

import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the edges of each minute of log append once it has settled, and again when more of it was
 * stored since. What it did is in the store: after a crash, or beside another process, a minute is
 * at worst looked at twice, which changes nothing.
 */
public final class GraphRoll {

  /** From the end of a minute until it is looked at: the other halves of its calls come by then. */
  static final Duration SETTLED = Duration.ofMinutes(3);

  /** How far apart the two spans of a call may be appended. */
  private static final Duration APART = Duration.ofMinutes(3);

  /** What a sink may be late by and is still found; after a longer stop, no further back. */
  private static final Duration USUAL = Duration.ofMinutes(30);

  private static final Duration FURTHEST = Duration.ofHours(6);
  private static final Duration EVERY = Duration.ofSeconds(30);

  private static final String PENDING =
      """
      SELECT tenant, toInt64(toUnixTimestamp(appended)) AS at, toInt64(sum(stored)) AS spans FROM (
        SELECT tenant, toStartOfMinute(toDateTime(appended_at, 'UTC')) AS appended, count() AS stored, 0 AS seen
        FROM spans
        WHERE appended_at >= toDateTime({from:Int64}, 'UTC')
          AND appended_at < toDateTime({to:Int64}, 'UTC')
          AND kind IN ('server', 'client', 'producer', 'consumer')
        GROUP BY tenant, appended
        UNION ALL
        SELECT tenant, appended, 0 AS stored, spans AS seen FROM service_graph_minutes FINAL
        WHERE appended >= toDateTime({from:Int64}, 'UTC')
          AND appended < toDateTime({to:Int64}, 'UTC'))
      GROUP BY tenant, appended
      HAVING spans > sum(seen)
      ORDER BY at
      """;

  /** One pass; what does not fit into memory is spilled. Both halves of a call are one group. */
  private static final String EDGES =
      """
      INSERT INTO service_graph_1m (tenant, client, server, connection, client_region,
        server_region, minute, appended, count, errors, duration_nanos, computed_at)
      WITH toDateTime({at:Int64}, 'UTC') AS this_minute
      SELECT tenant, client, server, connection, client_region, server_region, minute, this_minute,
        sum(calls), sum(failed), sum(nanos), fromUnixTimestamp64Milli({now:Int64}, 'UTC')
      FROM (
        SELECT tenant, edge.1 AS client, edge.2 AS server, edge.3 AS connection,
          edge.4 AS client_region, edge.5 AS server_region, edge.6 AS minute,
          1 AS calls, toUInt64(edge.7) AS failed, edge.8 AS nanos
        FROM (
          SELECT tenant,
            anyIf((service, region, minute, error, nanos, peer, at), NOT inward) AS client,
            countIf(NOT inward) > 0 AS found,
            groupArrayIf((service, region, minute, error, nanos, at), inward) AS servers,
            arrayConcat(
              arrayMap(s -> (
                  if(found, client.1, ''), s.1,
                  multiIf(found, 'service', call = toFixedString('', 8), 'entry', 'unpaired'),
                  if(found, client.2, ''), s.2, s.3, s.4, s.5),
                arrayFilter(s -> s.6 = this_minute, servers)),
              if(found AND empty(servers) AND client.7 = this_minute AND client.6 != '',
                [(client.1, client.6, 'outside', client.2, client.2, client.3, client.4, client.5)],
                [])) AS edges
          FROM (
            SELECT toString(tenant) AS tenant, trace_id, kind IN ('server', 'consumer') AS inward,
              if(inward, parent_span_id, span_id) AS call,
              toString(spans.service) AS service, toString(region) AS region,
              toStartOfMinute(toDateTime(end, 'UTC')) AS minute, status = 'error' AS error,
              toUInt64(greatest(duration_nanos, 0)) AS nanos,
              toStartOfMinute(toDateTime(appended_at, 'UTC')) AS at,
              if(inward, '', coalesce(nullIf(attributes['peer.service'], ''),
                nullIf(attributes['db.system.name'], ''), nullIf(attributes['db.system'], ''),
                nullIf(attributes['messaging.system'], ''),
                nullIf(attributes['server.address'], ''), attributes['net.peer.name'])) AS peer
            FROM spans
            WHERE appended_at >= toDateTime({from:Int64}, 'UTC')
              AND appended_at < toDateTime({to:Int64}, 'UTC')
              AND kind IN ('server', 'client', 'producer', 'consumer'))
          GROUP BY tenant, trace_id, call)
        ARRAY JOIN edges AS edge
        UNION ALL
        SELECT toString(tenant), toString(client), toString(server), toString(connection),
          toString(client_region), toString(server_region), minute, 0, 0, 0
        FROM service_graph_1m FINAL WHERE appended = this_minute)
      GROUP BY tenant, client, server, connection, client_region, server_region, minute
      SETTINGS max_bytes_before_external_group_by = 500000000, max_threads = 2
      """;

  private static final String DONE =
      """
      INSERT INTO service_graph_minutes (tenant, appended, spans, computed_at)
      SELECT each.1, toDateTime({at:Int64}, 'UTC'), each.2, fromUnixTimestamp64Milli({now:Int64}, 'UTC')
      FROM (SELECT arrayJoin(arrayZip({tenants:Array(String)}, {spans:Array(UInt64)})) AS each)
      """;

  private final Query query;
  private final InstantSource clock;
  private @Nullable Instant looked;
  private @Nullable Instant upTo;

  public GraphRoll(Query query, InstantSource clock) {
    this.query = query;
    this.clock = clock;
  }

  /**
   * Looks if it is time to; called often, by one thread.
   *
   * @return minutes whose edges were found
   */
  public int look() {
    Instant now = clock.instant();
    if (looked != null && Duration.between(looked, now).compareTo(EVERY) < 0) {
      return 0;
    }
    looked = now;
    Instant to = now.minus(SETTLED).truncatedTo(ChronoUnit.MINUTES);
    Map<Long, List<Row>> pending =
        query.rows(Sql.of(PENDING).with("from", from(to)).with("to", to.getEpochSecond())).stream()
            .collect(
                Collectors.groupingBy(row -> row.number("at"), TreeMap::new, Collectors.toList()));
    pending.forEach((minute, tenants) -> find(minute, tenants, now));
    upTo = to;
    return pending.size();
  }

  /** After a start, and after a stop of the store, further back than usual. */
  private long from(Instant to) {
    Instant usual = to.minus(USUAL);
    Instant furthest = to.minus(FURTHEST);
    Instant last = upTo == null ? furthest : upTo.minus(USUAL);
    Instant from = last.isBefore(usual) ? last : usual;
    return (from.isBefore(furthest) ? furthest : from).getEpochSecond();
  }

  /**
   * @param tenants with what was stored of them before: what comes meanwhile is found next time
   */
  private void find(long minute, List<Row> tenants, Instant now) {
    Instant at = Instant.ofEpochSecond(minute);
    query.execute(
        Sql.of(EDGES)
            .with("at", minute)
            .with("from", at.minus(APART).getEpochSecond())
            .with("to", at.plusSeconds(60).plus(APART).getEpochSecond())
            .with("now", now.toEpochMilli()));
    query.execute(
        Sql.of(DONE)
            .with("at", minute)
            .with("tenants", tenants.stream().map(row -> row.text("tenant")).toList())
            .with("spans", tenants.stream().map(row -> row.number("spans")).toList())
            .with("now", now.toEpochMilli()));
  }
}
