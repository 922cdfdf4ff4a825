// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.request;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.nines.objectives.request.Problems.FieldViolation;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bodies of requests as JSON: unknown fields are refused, with the place where they stand. */
public final class RequestJson {

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
  public static <T> T read(@Nullable String body, Class<T> type) {
    try {
      T value = MAPPER.readValue(body == null ? "" : body, type);
      if (value == null) {
        throw Problems.badRequest(
            List.of(new FieldViolation("", "json", "null", "the body is no object")));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw Problems.badRequest(List.of(violation(e)));
    }
  }

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write " + value.getClass().getSimpleName(), e);
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
      default -> new FieldViolation("", "syntax", "", "the body is no JSON" + at);
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
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
