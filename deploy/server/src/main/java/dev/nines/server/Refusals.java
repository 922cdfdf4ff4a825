// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.journal.JournalUnavailable;
import dev.nines.warehouse.WarehouseException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors of the API as RFC 9457 tells them. */
final class Refusals {

  @ServerExceptionMapper
  Response journal(JournalUnavailable failure) {
    return Problem.response(503, "PostgreSQL: " + failure.getMessage())
        .header("Retry-After", 2)
        .build();
  }

  @ServerExceptionMapper
  Response warehouse(WarehouseException failure) {
    return Problem.response(503, "ClickHouse: " + failure.getMessage())
        .header("Retry-After", 2)
        .build();
  }

  /** What a resource refused; one that brings its own body keeps it. */
  @ServerExceptionMapper
  Response refused(WebApplicationException refusal) {
    Response response = refusal.getResponse();
    return response.hasEntity()
        ? response
        : Problem.response(response.getStatus(), refusal.getMessage()).build();
  }
}
