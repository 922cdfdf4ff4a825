// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.request;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Refusals as RFC 9457 tells them, with every violation at once. */
public final class Problems {

  /**
   * @param violations what is wrong in the body; empty where the body is not the reason
   */
  public record Problem(String title, int status, String detail, List<?> violations) {}

  /**
   * @param field of a JSON body, or a query parameter
   * @param value the text found there, empty where there is none
   */
  public record FieldViolation(String field, String rule, String value, String message) {}

  private Problems() {}

  public static WebApplicationException of(
      Response.Status status, String detail, List<?> violations) {
    Problem problem =
        new Problem(status.getReasonPhrase(), status.getStatusCode(), detail, violations);
    return new WebApplicationException(
        detail,
        Response.status(status)
            .type("application/problem+json")
            .entity(RequestJson.write(problem))
            .build());
  }

  public static WebApplicationException badRequest(List<?> violations) {
    return of(Response.Status.BAD_REQUEST, count(violations.size()), violations);
  }

  public static WebApplicationException notFound(String detail) {
    return of(Response.Status.NOT_FOUND, detail, List.of());
  }

  private static String count(int violations) {
    return violations == 1 ? "1 error" : violations + " errors";
  }
}
