// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.health;

import dev.nines.server.Server;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Health of this process. Liveness and readiness are public and say one word, for supervisors and
 * load balancers; what is wrong is told to a token with the right to read.
 */
@Path("/health")
public class HealthResource {

  private final Server server;

  public HealthResource(Server server) {
    this.server = server;
  }

  @GET
  @Path("/live")
  @Produces(MediaType.TEXT_PLAIN)
  public String live() {
    return "UP";
  }

  /** 200 once every active role works, 503 before and while one does not. */
  @GET
  @Path("/ready")
  @Produces(MediaType.TEXT_PLAIN)
  public Response ready() {
    String status = server.health().status();
    return Response.status(status.equals("UP") ? 200 : 503).entity(status).build();
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Health detail() {
    return server.health();
  }
}
