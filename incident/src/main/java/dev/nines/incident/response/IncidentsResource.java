// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.incident.oncall.Answer;
import dev.nines.incident.oncall.Target;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.request.FieldRules;
import dev.nines.objectives.request.Problems;
import dev.nines.objectives.request.RequestJson;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The incidents of the caller's tenant. */
@Path("/api/v1/incidents")
@Produces(MediaType.APPLICATION_JSON)
public class IncidentsResource {

  private final Incidents incidents;
  private final CurrentPrincipal caller;

  record Reassignment(@Nullable List<@Nullable String> targets) {}

  public IncidentsResource(Incidents incidents, CurrentPrincipal caller) {
    this.incidents = incidents;
    this.caller = caller;
  }

  /**
   * At most 500, the latest first.
   *
   * @param state triggered, acknowledged or resolved; all when absent
   */
  @GET
  public List<IncidentView> list(@QueryParam("state") @Nullable String state) {
    return incidents.list(caller.principal().tenant(), kind(state)).stream()
        .map(incident -> IncidentView.of(incident, null, null))
        .toList();
  }

  /** One incident with its timeline and its page log. */
  @GET
  @Path("{id}")
  public IncidentView get(@PathParam("id") String id) {
    return incidents
        .find(caller.principal().tenant(), id)
        .map(this::full)
        .orElseThrow(() -> new NotFoundException("no incident " + id));
  }

  /** Stops the paging; 409 when it is resolved. */
  @POST
  @Path("{id}/acknowledge")
  public IncidentView acknowledge(@PathParam("id") String id) {
    Principal who = caller.principal();
    return answer(id, incidents.acknowledge(who.tenant(), id, who.name()));
  }

  /** Ends it; the note says when its alerts still fire, and what follows. */
  @POST
  @Path("{id}/resolve")
  public IncidentView resolve(@PathParam("id") String id) {
    Principal who = caller.principal();
    return answer(id, incidents.resolve(who.tenant(), id, who.name()));
  }

  /** Wakes the next step at once; 409 when it is resolved, or there is no further step. */
  @POST
  @Path("{id}/escalate")
  public IncidentView escalate(@PathParam("id") String id) {
    Principal who = caller.principal();
    return answer(id, incidents.escalate(who.tenant(), id, who.name()));
  }

  /**
   * Wakes others instead.
   *
   * @param body {@code {"targets": ["user/ann", "schedule/primary", "channel/team"]}}
   */
  @POST
  @Path("{id}/reassign")
  @Consumes(MediaType.APPLICATION_JSON)
  public IncidentView reassign(@PathParam("id") String id, @Nullable String body) {
    Principal who = caller.principal();
    FieldRules rules = new FieldRules();
    List<Target> targets =
        Target.list(rules, "targets", RequestJson.read(body, Reassignment.class).targets());
    rules.enforce();
    return answer(id, incidents.reassign(who.tenant(), id, targets, who.name()));
  }

  private IncidentView answer(String id, Incidents.Answer answer) {
    return switch (answer) {
      case Incidents.Answer.Done(Incident incident) -> full(incident);
      case Incidents.Answer.Unknown unknown -> throw new NotFoundException("no incident " + id);
      case Incidents.Answer.Refused(Answer why) -> {
        why.enforce();
        throw new IllegalStateException("a refusal was not told");
      }
      case Incidents.Answer.Conflict(String why) ->
          throw new ClientErrorException("incident " + id + ": " + why, Response.Status.CONFLICT);
    };
  }

  private IncidentView full(Incident incident) {
    return IncidentView.of(incident, incidents.timeline(incident), incidents.pages(incident));
  }

  private static IncidentState.@Nullable Kind kind(@Nullable String state) {
    if (state == null || state.isEmpty()) {
      return null;
    }
    try {
      return IncidentState.Kind.valueOf(state.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Problems.badFields(List.of("state: triggered, acknowledged or resolved, not " + state));
    }
  }
}
