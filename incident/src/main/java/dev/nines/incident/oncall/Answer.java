// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import dev.nines.objectives.request.Problems;
import dev.nines.objectives.request.Problems.FieldViolation;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What became of a request to change something. */
public sealed interface Answer {

  record Done() implements Answer {}

  record Unknown(String what) implements Answer {}

  /** Somebody still needs it, or there is no room. */
  record Conflict(String why) implements Answer {}

  record Invalid(List<FieldViolation> violations) implements Answer {}

  static Answer invalid(String field, String rule, String value, String message) {
    return new Invalid(List.of(new FieldViolation(field, rule, value, message)));
  }

  /**
   * @throws WebApplicationException 400, 404 or 409 when it was not done
   */
  default void enforce() {
    switch (this) {
      case Done done -> {}
      case Unknown(String what) -> throw Problems.notFound("there is no " + what);
      case Conflict(String why) -> throw Problems.of(Response.Status.CONFLICT, why, List.of());
      case Invalid(List<FieldViolation> violations) -> throw Problems.badRequest(violations);
    }
  }
}
