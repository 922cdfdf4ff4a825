// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is chosen in the variables of a dashboard, and how a query gets it: first {@code
 * $__conditionalAll(condition, $variable)} of the ClickHouse data source, then {@code $name},
 * {@code ${name}} and {@code ${name:singlequote}} of Grafana.
 */
final class Choices {

  /** The choice of every value. */
  static final String ALL = "$__all";

  private static final Pattern CONDITIONAL = Pattern.compile("\\$__conditionalAll\\(");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{(?<braced>\\w+)(?::(?<format>\\w+))?}|(?!__)(?<bare>\\w+))");

  private final Map<String, List<String>> values = new HashMap<>();

  void choose(String variable, List<String> chosen) {
    values.put(variable, chosen);
  }

  Choices copy() {
    Choices copy = new Choices();
    copy.values.putAll(values);
    return copy;
  }

  String fill(String query) {
    return VARIABLE.matcher(conditions(query)).replaceAll(this::replacement);
  }

  private String conditions(String query) {
    String filled = query;
    while (CONDITIONAL.matcher(filled).find()) {
      int start = filled.lastIndexOf("$__conditionalAll(");
      Calls.Call call = Calls.at(filled, start);
      if (call.arguments().size() != 2) {
        throw new IllegalArgumentException("$__conditionalAll takes a condition and a variable");
      }
      String condition = isAll(call.arguments().get(1)) ? "1=1" : call.arguments().get(0);
      filled = filled.substring(0, start) + condition + filled.substring(call.end());
    }
    return filled;
  }

  private boolean isAll(String variable) {
    Matcher matcher = VARIABLE.matcher(variable);
    if (!matcher.matches() || matcher.group("format") != null) {
      throw new IllegalArgumentException(variable + " is no plain variable");
    }
    return of(name(matcher)).contains(ALL);
  }

  private String replacement(MatchResult match) {
    String name = match.group("braced") == null ? match.group("bare") : match.group("braced");
    List<String> chosen = of(name);
    String format = match.group("format") == null ? "" : match.group("format");
    String text =
        switch (format) {
          case "" -> String.join(",", chosen);
          case "singlequote" ->
              chosen.stream().map(Choices::quoted).collect(Collectors.joining(","));
          default -> throw new IllegalArgumentException("format " + format + " is not known");
        };
    return Matcher.quoteReplacement(text);
  }

  private static String name(Matcher matcher) {
    return matcher.group("braced") == null ? matcher.group("bare") : matcher.group("braced");
  }

  private List<String> of(String name) {
    List<String> chosen = values.get(name);
    if (chosen == null) {
      throw new IllegalArgumentException("variable " + name + " is not in this dashboard");
    }
    return chosen;
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "\\'") + "'";
  }
}
