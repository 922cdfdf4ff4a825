// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.graph;

import dev.nines.archive.Conditions;
import dev.nines.warehouse.Query;
import java.time.Instant;
import java.util.List;

/** Reads the edges that {@link GraphRoll} found. */
public final class ServiceGraph {

  private static final String EDGES =
      """
      SELECT client, server, toString(connection) AS type, toInt64(sum(count)) AS calls,
        toInt64(sum(errors)) AS failed, toInt64(intDiv(sum(duration_nanos), sum(count))) AS mean
      FROM service_graph_1m FINAL
      WHERE %s
      GROUP BY client, server, type
      ORDER BY calls DESC, client, server, type
      LIMIT {limit:Int64}
      """;

  private final Query query;

  public ServiceGraph(Query query) {
    this.query = query;
  }

  /**
   * What is asked for.
   *
   * @param service either side of an edge, or empty for all
   * @param region both sides of an edge are in, or empty for all
   * @param from whole minutes in which calls ended, inclusive
   * @param to exclusive
   */
  public record Question(
      String tenant, String service, String region, Instant from, Instant to, int limit) {}

  /** Busiest first. */
  public List<ServiceEdge> edges(Question question) {
    Conditions where = new Conditions();
    where.add("tenant = {tenant:String}", "tenant", question.tenant);
    where.add("minute >= toDateTime({from:Int64}, 'UTC')", "from", question.from.getEpochSecond());
    where.add("minute < toDateTime({to:Int64}, 'UTC')", "to", question.to.getEpochSecond());
    where.add("appended >= toDateTime({from:Int64} - 7200, 'UTC')"); // by days: it prunes parts
    where.add("appended < toDateTime({to:Int64} + 93600, 'UTC')");
    where.add("count > 0");
    if (!question.region.isEmpty()) {
      where.add(
          "server_region = {region:String} AND client_region IN ('', {region:String})",
          "region",
          question.region);
    }
    if (!question.service.isEmpty()) {
      where.add(
          "(client = {service:String} OR server = {service:String})", "service", question.service);
    }
    where.value("limit", question.limit);
    return query.rows(where.sql(EDGES.formatted(where.text()))).stream()
        .map(
            row ->
                new ServiceEdge(
                    row.text("client"),
                    row.text("server"),
                    row.text("type"),
                    row.number("calls"),
                    row.number("failed"),
                    row.number("mean")))
        .toList();
  }
}
