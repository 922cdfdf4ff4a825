// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.access;

import dev.nines.objectives.access.Principal;
import dev.nines.objectives.request.Problem;
import dev.nines.server.ActiveRoles;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * The one filter: no request reaches a resource without an entry in {@link AccessTable}, a token
 * that is known, and the right that the entry asks for.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public final class AccessFilter implements ContainerRequestFilter {

  private static final String BEARER = "Bearer ";

  private final ResourceInfo resource;
  private final ActiveRoles roles;
  private final TokenDirectory tokens;
  private final RequestPrincipal current;

  public AccessFilter(
      @Context ResourceInfo resource,
      ActiveRoles roles,
      TokenDirectory tokens,
      RequestPrincipal current) {
    this.resource = resource;
    this.roles = roles;
    this.tokens = tokens;
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String method =
        resource.getResourceClass().getSimpleName() + "." + resource.getResourceMethod().getName();
    if (AccessTable.isPublic(method)) {
      return;
    }
    Optional<Endpoint> endpoint = AccessTable.find(method);
    if (endpoint.isEmpty()) {
      refuse(request, 403, method + " declares no right");
    } else if (!endpoint.get().servedBy(roles::contains)) {
      refuse(request, 404, "role " + endpoint.get().roleWords() + " is not active here");
    } else {
      admit(request, endpoint.get());
    }
  }

  private void admit(ContainerRequestContext request, Endpoint endpoint) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    Optional<Principal> principal =
        header != null && header.startsWith(BEARER)
            ? tokens.find(header.substring(BEARER.length()).strip())
            : Optional.empty();
    if (principal.isEmpty()) {
      refuse(request, 401, header == null ? "a token is needed" : "the token is not known");
    } else if (!principal.get().rights().contains(endpoint.right())) {
      refuse(request, 403, "the token lacks the right " + endpoint.right());
    } else {
      current.set(principal.get());
      MDC.put("tenant", principal.get().tenant());
    }
  }

  private static void refuse(ContainerRequestContext request, int status, String detail) {
    Response.ResponseBuilder response = Problem.of(status, detail, List.of()).response();
    if (status == 401) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    request.abortWith(response.build());
  }
}
