// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * An error as RFC 9457 tells it. The type is {@code about:blank}: the status says which kind it is,
 * and {@code rule} of each error says the rest to programs.
 *
 * @param detail one sentence for the person who sent the request
 * @param errors each broken rule with its place; absent where no part of the request is the reason
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<?> errors) {

  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE = "about:blank";

  public Problem {
    errors = List.copyOf(errors);
  }

  public static Problem of(int status, String detail, List<?> errors) {
    return new Problem(TYPE, title(status), status, detail, errors);
  }

  public Response.ResponseBuilder response() {
    return Response.status(status).type(MEDIA_TYPE).entity(RequestJson.write(this));
  }

  /** The phrase of RFC 9110; Jakarta REST has no constant for 422. */
  private static String title(int status) {
    Response.StatusType known = Response.Status.fromStatusCode(status);
    return status == 422
        ? "Unprocessable Content"
        : known == null ? "Error" : known.getReasonPhrase();
  }
}
