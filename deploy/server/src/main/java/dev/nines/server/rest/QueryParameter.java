// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.rest;

import dev.nines.objectives.request.FieldRules;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a query.
 *
 * @param repeats may stand more than once
 * @param absent the text that counts when it is not there; null when there is none
 */
public record QueryParameter(String name, Kind kind, boolean repeats, @Nullable String absent) {

  /** What the text must be. */
  public enum Kind {
    STRING,
    BOOLEAN,
    INTEGER,
    LONG
  }

  static QueryParameter of(Parameter parameter) {
    DefaultValue absent = parameter.getAnnotation(DefaultValue.class);
    return new QueryParameter(
        parameter.getAnnotation(QueryParam.class).value(),
        kind(parameter.getType()),
        List.class.isAssignableFrom(parameter.getType()),
        absent == null ? null : absent.value());
  }

  private static Kind kind(Class<?> type) {
    if (type == boolean.class) {
      return Kind.BOOLEAN;
    }
    return type == int.class ? Kind.INTEGER : type == long.class ? Kind.LONG : Kind.STRING;
  }

  /** Jakarta REST would answer 404 to a wrong number, and take any wrong word for false. */
  void check(FieldRules rules, List<String> values) {
    if (values.size() > 1 && !repeats) {
      rules.refuse(name, "repeated", values.get(1), "may stand once");
    }
    for (String value : values) {
      check(rules, value);
    }
  }

  private void check(FieldRules rules, String value) {
    switch (kind) {
      case BOOLEAN -> shaped(rules, value, "true|false", "must be true or false");
      case INTEGER ->
          shaped(rules, value, "-?\\d{1,9}", "must be a whole number of 9 digits at most");
      case LONG ->
          shaped(rules, value, "-?\\d{1,18}", "must be a whole number of 18 digits at most");
      case STRING -> {}
    }
  }

  private void shaped(FieldRules rules, String value, String shape, String rule) {
    if (!value.matches(shape)) {
      rules.refuse(name, "type", value, rule);
    }
  }
}
