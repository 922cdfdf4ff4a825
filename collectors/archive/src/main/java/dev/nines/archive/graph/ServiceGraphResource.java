// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.graph;

import dev.nines.archive.Parameters;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.request.Problems;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who calls whom among the services of the caller's tenant. */
@Path("/api/v1/service-graph")
@Produces(MediaType.APPLICATION_JSON)
public final class ServiceGraphResource {

  static final int MAX_LIMIT = 5_000;
  static final String DEFAULT_LIMIT = "500";
  static final Duration MAX_RANGE = Duration.ofDays(31);
  static final Duration DEFAULT_RANGE = Duration.ofHours(1);

  private final CurrentPrincipal caller;
  private final ServiceGraph graph;
  private final InstantSource clock;

  public ServiceGraphResource(CurrentPrincipal caller, ServiceGraph graph, InstantSource clock) {
    this.caller = caller;
    this.graph = graph;
    this.clock = clock;
  }

  /**
   * The answer.
   *
   * @param truncated there are more edges, each with fewer calls than these
   */
  public record Answer(Instant from, Instant to, boolean truncated, List<ServiceEdge> edges) {}

  /**
   * Busiest edges first.
   *
   * @param service either side of an edge; all by default
   * @param from RFC 3339; by default one hour before {@code to}, which is now by default
   * @param limit 1 to {@link #MAX_LIMIT}
   */
  @GET
  public Answer edges(
      @QueryParam("service") @DefaultValue("") String service,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("limit") @DefaultValue(DEFAULT_LIMIT) String limit) {
    try {
      Principal principal = caller.principal();
      Instant end = to == null ? clock.instant() : Parameters.time("to", to);
      Instant start = from == null ? end.minus(DEFAULT_RANGE) : Parameters.time("from", from);
      if (!start.isBefore(end) || Duration.between(start, end).compareTo(MAX_RANGE) > 0) {
        throw new IllegalArgumentException("from: before to, by at most 31 days");
      }
      int most = (int) Parameters.number("limit", limit, 1, MAX_LIMIT);
      List<ServiceEdge> edges =
          graph.edges(
              new ServiceGraph.Question(
                  principal.tenant(), service, principal.region(), start, end, most + 1));
      boolean truncated = edges.size() > most;
      return new Answer(start, end, truncated, truncated ? edges.subList(0, most) : edges);
    } catch (IllegalArgumentException e) {
      throw Problems.badFields(List.of(String.valueOf(e.getMessage())));
    }
  }
}
