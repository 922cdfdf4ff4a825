// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
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

  /** What a client sends. */
  public record Body(@Nullable String type, @Nullable String url, @Nullable String secret) {}

  /** What a client sees. */
  public record ChannelView(String name, String type, String url) {}

  @GET
  public List<ChannelView> list() {
    return channels.list(caller.principal().tenant()).stream().map(ChannelsResource::view).toList();
  }

  /** Creates or replaces; 400 names the field and the rule. */
  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public ChannelView put(@PathParam("name") String name, @Nullable Body body) {
    Principal who = caller.principal();
    if (body == null) {
      throw new BadRequestException("a JSON object with type, url and secret");
    }
    Channel channel =
        new Channel(who.tenant(), name, text(body.type()), text(body.url()), text(body.secret()));
    channels
        .put(channel, who.name())
        .ifPresent(
            problem -> {
              throw new BadRequestException(problem);
            });
    return view(channel);
  }

  @DELETE
  @Path("{name}")
  public void delete(@PathParam("name") String name) {
    Principal who = caller.principal();
    if (!channels.delete(who.tenant(), name, who.name())) {
      throw new NotFoundException("no channel " + name);
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static ChannelView view(Channel channel) {
    return new ChannelView(channel.name(), channel.type(), channel.url());
  }
}
