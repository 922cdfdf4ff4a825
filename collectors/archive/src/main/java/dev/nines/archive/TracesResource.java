// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.request.Problems;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Traces of the caller's tenant: one by id, or a search. */
@Path("/api/v1/traces")
@Produces(MediaType.APPLICATION_JSON)
public final class TracesResource {

  /** Traces on one page. */
  public static final int MAX_LIMIT = 200;

  static final String DEFAULT_LIMIT = "20";
  static final Duration DEFAULT_RANGE = Duration.ofHours(1);

  private final CurrentPrincipal caller;
  private final Traces traces;
  private final InstantSource clock;

  public TracesResource(CurrentPrincipal caller, Traces traces, InstantSource clock) {
    this.caller = caller;
    this.traces = traces;
    this.clock = clock;
  }

  @GET
  @Path("/{traceId}")
  public Trace trace(@PathParam("traceId") String traceId) {
    if (!Traces.isTraceId(traceId)) {
      throw Problems.badFields(List.of("traceId: 32 hex digits, not '" + traceId + "'"));
    }
    Principal principal = caller.principal();
    return traces
        .find(principal.tenant(), traceId)
        .flatMap(trace -> trace.within(principal.region()))
        .orElseThrow(() -> new NotFoundException("no trace " + traceId));
  }

  /**
   * Newest first.
   *
   * @param attributes {@code key=value}, all of them on one span or its resource
   * @param from RFC 3339; by default one hour before {@code to}, which is now by default
   * @param limit 1 to {@link #MAX_LIMIT}
   * @param cursor {@code next} of the page before
   */
  @GET
  public TracePage search(
      @QueryParam("service") @DefaultValue("") String service,
      @QueryParam("operation") @DefaultValue("") String operation,
      @QueryParam("region") @DefaultValue("") String region,
      @QueryParam("attribute") List<String> attributes,
      @QueryParam("error") boolean error,
      @QueryParam("minDurationMillis") @DefaultValue("0") String minDurationMillis,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("limit") @DefaultValue(DEFAULT_LIMIT) String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    try {
      Principal principal = caller.principal();
      Instant end = to == null ? clock.instant() : Parameters.time("to", to);
      TraceSearch search =
          new TraceSearch(
              principal.tenant(),
              service,
              operation,
              visible(region, principal),
              checked(attributes),
              error,
              Parameters.number("minDurationMillis", minDurationMillis, 0, Integer.MAX_VALUE),
              from == null ? end.minus(DEFAULT_RANGE) : Parameters.time("from", from),
              end,
              (int) Parameters.number("limit", limit, 1, MAX_LIMIT),
              cursor == null ? null : TraceSearch.Cursor.parse(cursor));
      return traces.search(search);
    } catch (IllegalArgumentException e) {
      throw Problems.badFields(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static String visible(String region, Principal principal) {
    if (principal.region().isEmpty() || principal.region().equals(region)) {
      return region;
    }
    if (region.isEmpty()) {
      return principal.region();
    }
    throw new IllegalArgumentException(
        "region: the token is good for " + principal.region() + ", not for " + region);
  }

  private static List<String> checked(List<String> attributes) {
    for (String attribute : attributes) {
      if (attribute.indexOf('=') <= 0) {
        throw new IllegalArgumentException("attribute: key=value, not '" + attribute + "'");
      }
    }
    return attributes;
  }
}
