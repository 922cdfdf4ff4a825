// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.channels.DestinationForm;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.request.Problems;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The channels of the caller's tenant. Secrets go in and never come out. */
@Path("/api/v1/channels")
@Produces(MediaType.APPLICATION_JSON)
public class ChannelsResource {

  private final Channels channels;
  private final CurrentPrincipal caller;

  public ChannelsResource(Channels channels, CurrentPrincipal caller) {
    this.channels = channels;
    this.caller = caller;
  }

  @GET
  public List<Map<String, String>> list() {
    return channels.list(caller.principal().tenant()).stream().map(ChannelsResource::view).toList();
  }

  /** Creates or replaces; 400 names the fields and the rules. */
  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Map<String, String> put(@PathParam("name") String name, @Nullable String body) {
    Principal who = caller.principal();
    return switch (channels.put(who.tenant(), name, body == null ? "" : body, who.name())) {
      case Channels.Put.Done(Channel channel) -> view(channel);
      case Channels.Put.Refused(List<String> problems) -> throw Problems.badFields(problems);
    };
  }

  @DELETE
  @Path("{name}")
  public void delete(@PathParam("name") String name) {
    Principal who = caller.principal();
    if (!channels.delete(who.tenant(), name, who.name())) {
      throw new NotFoundException("no channel " + name);
    }
  }

  /** Name, type and what may be seen of the rest. */
  private static Map<String, String> view(Channel channel) {
    Map<String, String> view = new LinkedHashMap<>();
    view.put("name", channel.name());
    view.put("type", channel.destination().type());
    view.putAll(new TreeMap<>(DestinationForm.shown(channel.destination())));
    return view;
  }
}
