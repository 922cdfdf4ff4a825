// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.request;

import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.Slo;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Refusals to throw, with every violation at once. */
public final class Problems {

  /**
   * @param field of a JSON body, or a query parameter
   * @param value the text found there, empty where there is none
   */
  public record FieldViolation(String field, String rule, String value, String message) {

    /** Of a text such as {@code limit: 1 to 200, not 9999}. */
    static FieldViolation told(String text) {
      int colon = text.indexOf(": ");
      return colon < 0
          ? new FieldViolation("", "refused", "", text)
          : new FieldViolation(text.substring(0, colon), "refused", "", text.substring(colon + 2));
    }

    @Override
    public String toString() {
      return field.isEmpty() ? message : field + ": " + message;
    }
  }

  private Problems() {}

  public static WebApplicationException of(
      Response.Status status, String detail, List<?> violations) {
    return new WebApplicationException(
        detail, Problem.of(status.getStatusCode(), detail, violations).response().build());
  }

  public static WebApplicationException badRequest(List<?> violations) {
    String detail = detail(violations);
    return new BadRequestException(detail, Problem.of(400, detail, violations).response().build());
  }

  /**
   * @param texts each {@code field: what is right or wrong}
   */
  public static WebApplicationException badFields(List<String> texts) {
    return badRequest(texts.stream().map(FieldViolation::told).toList());
  }

  public static WebApplicationException notFound(String detail) {
    return of(Response.Status.NOT_FOUND, detail, List.of());
  }

  /**
   * What is asked is of counted events, and a composite counts none itself.
   *
   * @param field that names the SLO
   */
  public static Slo counting(String field, Slo slo) {
    if (slo.indicator() instanceof CompositeIndicator composite) {
      throw badFields(
          List.of(
              "%s: is a composite, which counts nothing itself; ask its components: %s"
                  .formatted(field, String.join(", ", composite.names()))));
    }
    return slo;
  }

  /** The first in words, and how many more there are. */
  private static String detail(List<?> violations) {
    String first = String.valueOf(violations.getFirst());
    return violations.size() == 1 ? first : "%s; %d more".formatted(first, violations.size() - 1);
  }
}
