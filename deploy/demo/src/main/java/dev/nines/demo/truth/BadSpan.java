// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Reads the {@code bad} text of an objective: comparisons joined by {@code or}. */
final class BadSpan {

  private BadSpan() {}

  static Predicate<SentSpan> read(String text) {
    List<Predicate<SentSpan>> any =
        Arrays.stream(text.split("\\s+or\\s+")).map(BadSpan::comparison).toList();
    return span -> any.stream().anyMatch(predicate -> predicate.test(span));
  }

  private static Predicate<SentSpan> comparison(String text) {
    String[] words = text.strip().replaceAll("(<=|>=|!=|[<>=])", " $1 ").strip().split("\\s+");
    if (words[0].equals("status")) {
      return span -> span.error() == words[2].equals("error");
    }
    if (words[0].equals("duration")) {
      long nanos = nanos(words[2]);
      return span -> Math.max(0, span.endNanos() - span.startNanos()) > nanos;
    }
    return attribute(words[1], words[2], words[3]);
  }

  private static long nanos(String text) {
    long perUnit = text.endsWith("ms") ? 1_000_000 : 1_000_000_000;
    return Long.parseLong(text.replaceAll("[a-z]", "")) * perUnit;
  }

  private static Predicate<SentSpan> attribute(String key, String operator, String value) {
    return span -> {
      String found = span.attributes().get(key);
      if (found == null) {
        return false;
      }
      return switch (operator) {
        case "=" -> found.equals(value);
        case "!=" -> !found.equals(value);
        case ">=" -> Double.parseDouble(found) >= Double.parseDouble(value);
        case ">" -> Double.parseDouble(found) > Double.parseDouble(value);
        case "<=" -> Double.parseDouble(found) <= Double.parseDouble(value);
        case "<" -> Double.parseDouble(found) < Double.parseDouble(value);
        default -> throw new IllegalArgumentException("operator " + operator);
      };
    };
  }
}
