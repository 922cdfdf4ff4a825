// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.request;

import dev.nines.objectives.request.Problems.FieldViolation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the fields of one request, and refuses them together. */
public final class FieldRules {

  private final List<FieldViolation> violations = new ArrayList<>();

  /** An absent text is empty. */
  public String text(String field, @Nullable String value, int maxLength) {
    String text = value == null ? "" : value;
    if (text.length() > maxLength) {
      refuse(field, "length", text.substring(0, 40) + "...", "has more than " + maxLength);
    }
    return text;
  }

  public String required(String field, @Nullable String value, int maxLength) {
    if (value == null || value.isBlank()) {
      refuse(field, "required", "", "is required");
    }
    return text(field, value, maxLength);
  }

  public String matching(String field, @Nullable String value, Pattern pattern, String rule) {
    String text = value == null ? "" : value;
    if (!pattern.matcher(text).matches()) {
      refuse(field, "pattern", text.length() > 80 ? text.substring(0, 80) : text, rule);
    }
    return text;
  }

  /** RFC 3339; absent means the default. */
  public Instant instant(String field, @Nullable String value, Instant absent) {
    if (value == null || value.isEmpty()) {
      return absent;
    }
    try {
      return Instant.parse(value);
    } catch (DateTimeException e) {
      refuse(field, "time", value, "is no RFC 3339 time, such as 2026-03-04T05:06:07Z");
      return absent;
    }
  }

  public void refuse(String field, String rule, String value, String message) {
    violations.add(new FieldViolation(field, rule, value, message));
  }

  /**
   * @throws jakarta.ws.rs.WebApplicationException 400 with all that was refused
   */
  public void enforce() {
    if (!violations.isEmpty()) {
      throw Problems.badRequest(violations);
    }
  }
}
