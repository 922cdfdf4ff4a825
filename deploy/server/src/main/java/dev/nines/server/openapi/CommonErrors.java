// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.openapi;

import dev.nines.server.rest.RestMethod;
import java.util.Map;
import java.util.TreeMap;

/** Errors that a method can answer for what it is, whatever it does. */
final class CommonErrors {

  private CommonErrors() {}

  /**
   * @return status to the name of a response in {@code openapi.yaml}
   */
  static Map<String, String> of(RestMethod method) {
    Map<String, String> errors =
        new TreeMap<>(
            Map.of(
                "400", "BadRequest",
                "401", "Unauthorized",
                "403", "Forbidden",
                "404", "NotFound",
                "500", "ServerError",
                "503", "Unavailable"));
    if (!method.produces().isEmpty()) {
      errors.put("406", "NotAcceptable");
    }
    if (!method.consumes().isEmpty()) {
      errors.put("413", "TooLarge");
      errors.put("415", "UnsupportedMediaType");
    }
    return errors;
  }
}
