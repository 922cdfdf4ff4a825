// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** An error as RFC 9457 tells it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String title, int status, @Nullable String detail) {

  public static Response.ResponseBuilder response(int status, @Nullable String detail) {
    Response.StatusType type = Response.Status.fromStatusCode(status);
    String title = type == null ? "Error" : type.getReasonPhrase();
    return Response.status(status)
        .type("application/problem+json")
        .entity(new Problem(title, status, detail));
  }
}
