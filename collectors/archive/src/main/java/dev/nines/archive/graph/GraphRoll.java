// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.graph;

import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import dev.nines.warehouse.WarehouseException;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
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

  /**
   * From a minute until it is looked at: the three after it are complete, where other halves are.
   */
  private static final Duration SETTLED = Duration.ofMinutes(4);

  /** What a sink may be late by and is still found; after a longer stop, no further back. */
  private static final Duration USUAL = Duration.ofMinutes(30);

  private static final Duration FURTHEST = Duration.ofHours(6);
  private static final Duration EVERY = Duration.ofSeconds(30);

  /** Minutes that one look does; the rest is done by the next ones. */
  private static final int MINUTES_MAX = 10;

  /** Rows of tenant and minute that a look reads, oldest first; the rest waits. */
  private static final int PENDING_MAX = 10_000;

  /** Records that sinks may be behind by when what is old counts as stored. */
  private static final long LAG_MAX = 5_000;

  /** The edges of a minute depend on the minutes around it: their spans are what is compared. */
  private static final String PENDING =
      """
      SELECT tenant, toInt64(toUnixTimestamp(appended)) AS at, toInt64(around) AS spans FROM (
        SELECT tenant, appended, sum(stored) AS own, sum(seen) AS known,
          sum(own) OVER (PARTITION BY tenant ORDER BY toUnixTimestamp(appended) ASC
            RANGE BETWEEN 180 PRECEDING AND 180 FOLLOWING) AS around
        FROM (
          SELECT tenant, toStartOfMinute(toDateTime(appended_at, 'UTC')) AS appended,
            count() AS stored, 0 AS seen
          FROM spans
          WHERE appended_at >= toDateTime({from:Int64} - 180, 'UTC')
            AND appended_at < toDateTime({to:Int64} + 180, 'UTC')
            AND kind IN ('server', 'client', 'producer', 'consumer')
          GROUP BY tenant, appended
          UNION ALL
          SELECT tenant, appended, 0 AS stored, spans AS seen FROM service_graph_minutes FINAL
          WHERE appended >= toDateTime({from:Int64}, 'UTC')
            AND appended < toDateTime({to:Int64}, 'UTC'))
        GROUP BY tenant, appended)
      WHERE own > 0 AND around > known AND appended >= toDateTime({from:Int64}, 'UTC')
        AND appended < toDateTime({to:Int64}, 'UTC')
      ORDER BY at
      LIMIT {limit:Int64}
      """;

  /**
   * One pass; what does not fit into memory is spilled. Both halves of a call are one group, and a
   * call without a parent is one by itself. Of a client the names of the outside are bounded, and
   * clocks that are days off count in the minute of append. A span that was sampled counts for
   * those that it stands for.
   */
  private static final String EDGES =
      """
      INSERT INTO service_graph_1m (tenant, client, server, connection, client_region,
        server_region, minute, appended, count, errors, duration_nanos, computed_at)
      WITH toDateTime({at:Int64}, 'UTC') AS this_minute
      SELECT tenant, client, server, connection, client_region, server_region, minute, this_minute,
        sum(calls), sum(failed), sum(nanos), now64(3)
      FROM (
        SELECT tenant, client,
          if(connection = 'outside' AND row_number() OVER (PARTITION BY tenant, client, connection,
            minute ORDER BY calls DESC, name) > 100, 'other', name) AS server,
          connection, client_region, server_region, minute, calls, failed, nanos
        FROM (
          SELECT tenant, edge.1 AS client, edge.2 AS name, edge.3 AS connection,
            edge.4 AS client_region, edge.5 AS server_region, edge.6 AS minute,
            toUInt64(round(sum(edge.9))) AS calls,
            toUInt64(round(sumIf(edge.9, edge.7))) AS failed,
            toUInt64(least(round(sum(edge.8 * edge.9)), 9e18)) AS nanos
          FROM (
            SELECT tenant,
              argMinIf((service, region, minute, error, nanos, peer, at, adjusted_count),
                (appended, service), NOT inward) AS client,
              countIf(NOT inward) > 0 AS found,
              groupArrayIf(10000)((service, region, minute, error, nanos, at, adjusted_count),
                inward) AS servers,
              arrayConcat(
                arrayMap(s -> (
                    if(found, client.1, ''), s.1,
                    multiIf(found, 'service', entry, 'entry', 'unpaired'),
                    if(found, client.2, ''), s.2, s.3, s.4, s.5, s.7),
                  arrayFilter(s -> s.6 = this_minute, servers)),
                if(found AND empty(servers) AND client.7 = this_minute AND client.6 != '',
                  [(client.1, client.6, 'outside', client.2, client.2, client.3, client.4,
                    client.5, client.8)],
                  [])) AS edges
            FROM (
              SELECT toString(tenant) AS tenant, trace_id, appended_at AS appended,
                kind IN ('server', 'consumer') AS inward,
                inward AND parent_span_id = toFixedString('', 8) AS entry,
                if(inward AND NOT entry, parent_span_id, span_id) AS call,
                toString(spans.service) AS service, toString(region) AS region,
                toStartOfMinute(toDateTime(if(end > appended_at + INTERVAL 1 HOUR
                  OR end < appended_at - INTERVAL 25 HOUR, appended_at, end), 'UTC')) AS minute,
                status = 'error' AS error,
                toUInt64(least(greatest(duration_nanos, 0), 86400000000000)) AS nanos,
                toStartOfMinute(toDateTime(appended_at, 'UTC')) AS at, adjusted_count,
                if(inward, '', coalesce(nullIf(attributes['peer.service'], ''),
                  nullIf(attributes['db.system.name'], ''), nullIf(attributes['db.system'], ''),
                  nullIf(attributes['messaging.system'], ''),
                  nullIf(attributes['server.address'], ''), attributes['net.peer.name'])) AS peer
              FROM spans
              WHERE appended_at >= toDateTime({at:Int64} - 180, 'UTC')
                AND appended_at < toDateTime({at:Int64} + 240, 'UTC')
                AND kind IN ('server', 'client', 'producer', 'consumer'))
            GROUP BY tenant, trace_id, call, entry)
          ARRAY JOIN edges AS edge
          GROUP BY tenant, client, name, connection, client_region, server_region, minute)
        UNION ALL
        SELECT toString(tenant), toString(client), toString(server), toString(connection),
          toString(client_region), toString(server_region), minute, 0, 0, 0
        FROM service_graph_1m FINAL WHERE appended = this_minute AND count > 0)
      GROUP BY tenant, client, server, connection, client_region, server_region, minute
      SETTINGS max_bytes_before_external_group_by = 500000000, max_threads = 2
      """;

  private static final String DONE =
      """
      INSERT INTO service_graph_minutes (tenant, appended, spans, computed_at)
      SELECT each.1, toDateTime({at:Int64}, 'UTC'), each.2, now64(3)
      FROM (SELECT arrayJoin(arrayZip({tenants:Array(String)}, {spans:Array(UInt64)})) AS each)
      """;

  private final Query query;
  private final InstantSource clock;
  private final Gauge behind;
  private @Nullable Instant looked;
  private @Nullable Instant upTo;

  public GraphRoll(Query query, CollectorRegistry registry, InstantSource clock) {
    this.query = query;
    this.clock = clock;
    this.behind =
        Gauge.build("nines_service_graph_behind_minutes", "Minutes whose edges are not found yet")
            .register(registry);
  }

  /**
   * Looks if it is time to; called often, by one thread.
   *
   * @param lag records that sinks have not stored yet
   * @return minutes whose edges were found
   * @throws WarehouseException when some minutes could not be done; the others were
   */
  public int look(long lag) {
    Instant now = clock.instant();
    if (looked != null && Duration.between(looked, now).abs().compareTo(EVERY) < 0) {
      return 0;
    }
    looked = now;
    Instant to = now.minus(SETTLED).truncatedTo(ChronoUnit.MINUTES);
    List<Row> rows =
        query.rows(
            Sql.of(PENDING)
                .with("from", from(to))
                .with("to", to.getEpochSecond())
                .with("limit", PENDING_MAX));
    Map<Long, List<Row>> pending =
        rows.stream()
            .collect(
                Collectors.groupingBy(row -> row.number("at"), TreeMap::new, Collectors.toList()));
    int done = find(pending);
    behind.set(pending.size() - done);
    if (done == pending.size() && rows.size() < PENDING_MAX && lag < LAG_MAX) {
      upTo = to;
    }
    return done;
  }

  /** After a start, and for as long as sinks catch up after a stop, further back than usual. */
  private long from(Instant to) {
    Instant usual = to.minus(USUAL);
    Instant furthest = to.minus(FURTHEST);
    Instant last = upTo == null ? furthest : upTo.minus(USUAL);
    Instant from = last.isBefore(usual) ? last : usual;
    return (from.isBefore(furthest) ? furthest : from).getEpochSecond();
  }

  /** One that cannot be done does not keep the others from it. */
  private int find(Map<Long, List<Row>> pending) {
    @Nullable WarehouseException first = null;
    int done = 0;
    int tried = 0;
    for (Map.Entry<Long, List<Row>> minute : pending.entrySet()) {
      if (tried++ == MINUTES_MAX || Thread.currentThread().isInterrupted()) {
        break;
      }
      try {
        find(minute.getKey(), minute.getValue());
        done++;
      } catch (WarehouseException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      behind.set(pending.size() - done);
      throw first;
    }
    return done;
  }

  /**
   * @param tenants with what was stored of them before: what comes meanwhile is found next time
   */
  private void find(long minute, List<Row> tenants) {
    query.execute(Sql.of(EDGES).with("at", minute));
    query.execute(
        Sql.of(DONE)
            .with("at", minute)
            .with("tenants", tenants.stream().map(row -> row.text("tenant")).toList())
            .with("spans", tenants.stream().map(row -> row.number("spans")).toList()));
  }
}
