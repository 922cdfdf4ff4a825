// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.nines.catalog.Problems.FieldViolation;
import java.util.List;
import java.util.stream.Collectors;

/** Bodies of requests as JSON: unknown fields are refused, with the place where they stand. */
final class RequestJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RequestJson() {}

  /**
   * @throws jakarta.ws.rs.WebApplicationException 400 when the body is not a {@code T}
   */
  static <T> T read(String body, Class<T> type) {
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw Problems.badRequest(List.of(new FieldViolation("", "json", "null", "is no object")));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw Problems.badRequest(List.of(violation(e)));
    }
  }

  private static FieldViolation violation(JsonProcessingException e) {
    String at = place(e.getLocation());
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          new FieldViolation(
              path(unknown),
              "unknown-field",
              "",
              "unknown field" + at + "; known here: " + known(unknown));
      case InvalidFormatException wrong ->
          new FieldViolation(
              path(wrong),
              "type",
              String.valueOf(wrong.getValue()),
              "is no " + wrong.getTargetType().getSimpleName() + at);
      case JsonMappingException wrong ->
          new FieldViolation(path(wrong), "type", "", "has the wrong type" + at);
      default -> new FieldViolation("", "syntax", "", "is no JSON" + at);
    };
  }

  private static String known(UnrecognizedPropertyException e) {
    return e.getKnownPropertyIds() == null
        ? ""
        : e.getKnownPropertyIds().stream()
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(", "));
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
