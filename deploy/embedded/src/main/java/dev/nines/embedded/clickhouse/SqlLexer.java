// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.util.Locale;

/**
 * Walks SQL text word by word and leaves out what can hide a word: comments, quoted text and here
 * documents. Enough to find the clauses that the HTTP interface itself must know; the engine's
 * parser judges the rest.
 */
final class SqlLexer {
  private final String sql;
  private int position;
  private int start;
  private int depth;

  SqlLexer(String sql) {
    this.sql = sql;
  }

  /** Moves to the next word or sign; false at the end of the text. */
  boolean next() {
    skipBlanks();
    start = position;
    if (position >= sql.length()) {
      return false;
    }
    var c = sql.charAt(position);
    switch (c) {
      case '\'', '"', '`' -> skipQuoted(c);
      case '$' -> skipHereDocument();
      default -> skipWordOrSign(c);
    }
    return true;
  }

  /** The text of the current word or sign; words in upper case. */
  String word() {
    return sql.substring(start, position).toUpperCase(Locale.ROOT);
  }

  String text() {
    return sql.substring(start, position);
  }

  int start() {
    return start;
  }

  int end() {
    return position;
  }

  /** How many brackets are open around the current word. */
  int depth() {
    return depth;
  }

  private void skipBlanks() {
    while (position < sql.length()) {
      if (Character.isWhitespace(sql.charAt(position))) {
        position++;
      } else if (sql.startsWith("--", position) || sql.startsWith("#!", position)) {
        skipPast("\n", position);
      } else if (sql.startsWith("# ", position)) {
        skipPast("\n", position);
      } else if (sql.startsWith("/*", position)) {
        skipPast("*/", position + 2);
      } else {
        return;
      }
    }
  }

  private void skipQuoted(char quote) {
    for (position++; position < sql.length(); position++) {
      var c = sql.charAt(position);
      if (c == '\\') {
        position++;
      } else if (c == quote) {
        position++;
        return;
      }
    }
    position = sql.length();
  }

  private void skipHereDocument() {
    var end = sql.indexOf('$', position + 1);
    if (end < 0 || !sql.substring(position + 1, end).chars().allMatch(SqlLexer::isWord)) {
      position++;
      return;
    }
    skipPast(sql.substring(position, end + 1), end + 1);
  }

  private void skipWordOrSign(char first) {
    position++;
    if (isWord(first)) {
      while (position < sql.length() && isWord(sql.charAt(position))) {
        position++;
      }
    } else if (first == '(' || first == '[' || first == '{') {
      depth++;
    } else if (first == ')' || first == ']' || first == '}') {
      depth--;
    }
  }

  private void skipPast(String end, int from) {
    var found = sql.indexOf(end, from);
    position = found < 0 ? sql.length() : found + end.length();
  }

  private static boolean isWord(int c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
