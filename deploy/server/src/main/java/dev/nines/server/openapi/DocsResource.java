// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.openapi;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The page that shows the API by Swagger UI. Its files are public and the same everywhere; what the
 * API is, the page fetches with the token that its reader types.
 */
@Path("/api/v1/docs")
public class DocsResource {

  private static final String INDEX = "index.html";
  private static final Map<String, String> TYPES =
      Map.of(
          INDEX,
          "text/html;charset=UTF-8",
          "docs.js",
          "text/javascript;charset=UTF-8",
          "docs.css",
          "text/css;charset=UTF-8",
          "swagger-ui-bundle.js",
          "text/javascript;charset=UTF-8",
          "swagger-ui-bundle.js.LICENSE.txt",
          "text/plain;charset=UTF-8",
          "swagger-ui.css",
          "text/css;charset=UTF-8");

  /** Nothing but this server's own files runs; Swagger UI sets styles and inline pictures. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  @GET
  public Response page() {
    return file(INDEX);
  }

  @GET
  @Path("{file}")
  public Response file(@PathParam("file") String file) {
    String type = TYPES.get(file);
    if (type == null) {
      throw new NotFoundException("no file " + file);
    }
    return Response.ok(bytes(file))
        .header(HttpHeaders.CONTENT_TYPE, type)
        .header(HttpHeaders.CACHE_CONTROL, file.equals(INDEX) ? "no-cache" : "max-age=3600")
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .build();
  }

  private static byte[] bytes(String file) {
    try (InputStream stream = DocsResource.class.getResourceAsStream("docs/" + file)) {
      if (stream == null) {
        throw new IllegalStateException("the build left out docs/" + file);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
