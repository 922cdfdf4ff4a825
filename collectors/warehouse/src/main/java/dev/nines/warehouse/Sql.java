// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A statement with parameters {@code {name:Type}}, which the server fills in; values never become
 * part of the text that it parses.
 *
 * @param parameters texts, numbers, or lists of texts
 */
public record Sql(String text, Map<String, Object> parameters) {

  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+):[^}]+}");

  public static Sql of(String text) {
    return new Sql(text, Map.of());
  }

  public Sql with(String name, Object value) {
    Map<String, Object> more = new TreeMap<>(parameters);
    more.put(name, value);
    return new Sql(text, more);
  }

  /** The statement as a person can run it: parameters written out as literals. */
  public String readable() {
    return PARAMETER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(literal(value(found.group(1)))));
  }

  /** Parameters as the HTTP interface takes them: escaped as in a TSV field. */
  Map<String, Object> encoded() {
    Map<String, Object> encoded = new TreeMap<>();
    parameters.forEach((name, value) -> encoded.put(name, encode(value)));
    return encoded;
  }

  private Object value(String name) {
    Object value = parameters.get(name);
    if (value == null) {
      throw new IllegalStateException("parameter " + name + " has no value");
    }
    return value;
  }

  private static String encode(Object value) {
    return value instanceof String text ? escape(text) : literal(value);
  }

  private static String literal(Object value) {
    return switch (value) {
      case List<?> list ->
          list.stream().map(Sql::literal).collect(Collectors.joining(", ", "[", "]"));
      case Number number -> number.toString();
      default -> "'" + escape(value.toString()) + "'";
    };
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("'", "\\'")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\0", "\\0");
  }
}
