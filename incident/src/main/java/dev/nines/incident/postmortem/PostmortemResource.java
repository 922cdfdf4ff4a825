// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.postmortem;

import dev.nines.incident.response.Incident;
import dev.nines.incident.response.Incidents;
import dev.nines.objectives.access.CurrentPrincipal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;

/** The postmortem of an incident, as Markdown. */
@Path("/api/v1/incidents/{id}/postmortem")
@Produces("text/markdown")
public class PostmortemResource {

  private final Incidents incidents;
  private final Postmortems postmortems;
  private final CurrentPrincipal caller;

  public PostmortemResource(Incidents incidents, Postmortems postmortems, CurrentPrincipal caller) {
    this.incidents = incidents;
    this.postmortems = postmortems;
    this.caller = caller;
  }

  /** The stored one; a draft while the incident is open. */
  @GET
  public String get(@PathParam("id") String id) {
    return postmortems.read(incident(id));
  }

  /** Writes it anew from what the stores still know. */
  @POST
  public String regenerate(@PathParam("id") String id) {
    Incident incident = incident(id);
    postmortems.generate(incident);
    return postmortems.read(incident);
  }

  private Incident incident(String id) {
    return incidents
        .find(caller.principal().tenant(), id)
        .orElseThrow(() -> new NotFoundException("no incident " + id));
  }
}
