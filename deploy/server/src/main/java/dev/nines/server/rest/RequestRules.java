// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.rest;

import static java.util.stream.Collectors.joining;

import dev.nines.objectives.request.FieldRules;
import dev.nines.objectives.request.Problems;
import dev.nines.server.access.AccessTable;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * What holds for every request that was let through: its body is at most 1 MiB, and its query has
 * known parameters only, each of its type. A public method, such as a probe, is answered whatever
 * is appended to it.
 */
@Provider
@Priority(Priorities.USER)
public final class RequestRules implements ContainerRequestFilter {

  /** A tenant's objectives, which travel in one record of 1 MiB, fit into one body. */
  public static final int BODY_BYTES_MAX = 1 << 20;

  private final ResourceInfo resource;
  private final RestMethods methods;

  public RequestRules(@Context ResourceInfo resource, RestMethods methods) {
    this.resource = resource;
    this.methods = methods;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    RestMethod method = methods.find(resource).orElseThrow();
    if (!AccessTable.isPublic(method.qualifiedName())) {
      checkQuery(method, request);
      boundBody(request);
    }
  }

  private static void checkQuery(RestMethod method, ContainerRequestContext request) {
    FieldRules rules = new FieldRules();
    request
        .getUriInfo()
        .getQueryParameters()
        .forEach(
            (name, values) ->
                method.query().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                        known -> known.check(rules, values), () -> unknown(rules, name, method)));
    rules.enforce();
  }

  private static void unknown(FieldRules rules, String name, RestMethod method) {
    String known =
        method.query().stream().map(QueryParameter::name).sorted().collect(joining(", "));
    rules.refuse(
        name,
        "unknown-parameter",
        "",
        "is no parameter here; " + (known.isEmpty() ? "there are none" : "known are " + known));
  }

  private static void boundBody(ContainerRequestContext request) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > BODY_BYTES_MAX) {
      throw tooLarge();
    }
    if (length == null) { // Whether a body comes is not known: without a type, hasEntity says no.
      request.setEntityStream(new BoundedBody(request.getEntityStream(), BODY_BYTES_MAX));
    }
  }

  static WebApplicationException tooLarge() {
    return Problems.of(
        Response.Status.REQUEST_ENTITY_TOO_LARGE,
        "the body is larger than " + BODY_BYTES_MAX + " bytes; send it in parts",
        List.of());
  }
}
