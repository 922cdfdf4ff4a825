// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import jakarta.ws.rs.core.Response;

/** An error answer of the API: RFC 9457. */
public record Problem(String type, String title, int status, String detail) {

  public static final String MEDIA_TYPE = "application/problem+json";

  static Response badRequest(String detail) {
    return new Problem("about:blank", "Bad Request", 400, detail).response();
  }

  static Response notFound(String detail) {
    return new Problem("about:blank", "Not Found", 404, detail).response();
  }

  static Response unavailable(String detail) {
    return new Problem("about:blank", "Service Unavailable", 503, detail).response();
  }

  private Response response() {
    return Response.status(status).type(MEDIA_TYPE).entity(this).build();
  }
}
