// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.rest;

import dev.nines.journal.JournalUnavailable;
import dev.nines.objectives.request.Problem;
import dev.nines.warehouse.WarehouseException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors of the API as RFC 9457 tells them, also those that the framework makes. */
public final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final RestMethods methods;

  public Refusals(RestMethods methods) {
    this.methods = methods;
  }

  @ServerExceptionMapper
  Response journal(JournalUnavailable failure) {
    return unavailable("PostgreSQL: " + failure.getMessage());
  }

  @ServerExceptionMapper
  Response warehouse(WarehouseException failure) {
    return unavailable("ClickHouse: " + failure.getMessage());
  }

  /** What a resource or the framework refused; a refusal that brings its own body keeps it. */
  @ServerExceptionMapper
  Response refused(WebApplicationException refusal, ContainerRequestContext request) {
    Response response = refusal.getResponse();
    if (response.hasEntity() || response.getStatus() < 400) {
      return response;
    }
    int status = response.getStatus();
    String path = request.getUriInfo().getAbsolutePath().getRawPath();
    String detail =
        methods
            .explain(status, request.getMethod(), path)
            .orElse(String.valueOf(refusal.getMessage()));
    Response.ResponseBuilder problem = Problem.of(status, detail, List.of()).response();
    return (status == 405 ? problem.header(HttpHeaders.ALLOW, methods.allowed(path)) : problem)
        .build();
  }

  /** A broken invariant ends the request, and nothing else. */
  @ServerExceptionMapper
  Response broken(Exception failure, ContainerRequestContext request) {
    String id = UUID.randomUUID().toString();
    LOG.error("{} {} failed, {}", request.getMethod(), request.getUriInfo().getPath(), id, failure);
    return Problem.of(500, "the server failed; its log says why under " + id, List.of())
        .response()
        .build();
  }

  private static Response unavailable(String detail) {
    return Problem.of(503, detail, List.of()).response().header(HttpHeaders.RETRY_AFTER, 2).build();
  }
}
