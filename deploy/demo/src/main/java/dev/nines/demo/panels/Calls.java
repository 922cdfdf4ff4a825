// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds calls and their arguments in SQL; texts and back-quoted names hold none. */
final class Calls {

  private Calls() {}

  /**
   * @param start index of the dollar sign
   * @param end index behind the call
   */
  record Call(String name, int start, int end, List<String> arguments) {}

  /** The last macro of the text: one that holds another as an argument comes after it. */
  static Optional<Call> last(String sql) {
    Call found = null;
    for (int at = 0; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (c == '\'' || c == '`' || c == '"') {
        at = endOfQuoted(sql, at);
      } else if (sql.startsWith("$__", at)) {
        found = at(sql, at);
      }
    }
    return Optional.ofNullable(found);
  }

  static Call at(String sql, int start) {
    int end = start + 3;
    while (end < sql.length() && isWord(sql.charAt(end))) {
      end++;
    }
    String name = sql.substring(start + 3, end);
    if (end == sql.length() || sql.charAt(end) != '(') {
      return new Call(name, start, end, List.of());
    }
    OptionalInt close = closing(sql, end);
    if (close.isEmpty()) {
      throw new IllegalArgumentException("$__" + name + " has no closing bracket");
    }
    return new Call(
        name, start, close.getAsInt() + 1, split(sql.substring(end + 1, close.getAsInt())));
  }

  private static OptionalInt closing(String sql, int open) {
    int depth = 0;
    for (int at = open; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (c == '\'' || c == '`' || c == '"') {
        at = endOfQuoted(sql, at);
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return OptionalInt.of(at);
      }
    }
    return OptionalInt.empty();
  }

  private static List<String> split(String inner) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int begin = 0;
    for (int at = 0; at < inner.length(); at++) {
      char c = inner.charAt(at);
      if (c == '\'' || c == '`' || c == '"') {
        at = endOfQuoted(inner, at);
      } else if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        arguments.add(inner.substring(begin, at).strip());
        begin = at + 1;
      }
    }
    String rest = inner.substring(begin).strip();
    if (!rest.isEmpty() || !arguments.isEmpty()) {
      arguments.add(rest);
    }
    return arguments;
  }

  private static int endOfQuoted(String sql, int open) {
    char quote = sql.charAt(open);
    for (int at = open + 1; at < sql.length(); at++) {
      if (sql.charAt(at) == '\\') {
        at++;
      } else if (sql.charAt(at) == quote) {
        return at;
      }
    }
    return sql.length();
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
