// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;

/** A place in one line, and what both formats are made of. */
final class Cursor {

  private final CharsetDecoder decoder = UTF_8.newDecoder();
  private byte[] bytes = new byte[0];
  private int at;
  private int end;
  private int line;

  void reset(byte[] array, int from, int to, int number) {
    bytes = array;
    at = from;
    end = to;
    line = number;
  }

  int line() {
    return line;
  }

  boolean atEnd() {
    return at == end;
  }

  /** The next byte, or -1. */
  int peek() {
    return at < end ? bytes[at] : -1;
  }

  boolean take(char wanted) {
    boolean there = peek() == wanted;
    at += there ? 1 : 0;
    return there;
  }

  boolean take(String word) {
    byte[] wanted = word.getBytes(UTF_8);
    boolean there =
        end - at >= wanted.length
            && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    at += there ? wanted.length : 0;
    return there;
  }

  /** Looks ahead. */
  boolean isNext(String word) {
    int from = at;
    boolean there = take(word);
    at = from;
    return there;
  }

  void expect(char wanted, String where) {
    if (!take(wanted)) {
      throw wrong("syntax", "'" + wanted + "' is missing " + where);
    }
  }

  void expectEnd() {
    if (!atEnd()) {
      throw wrong("syntax", "more stands behind the end: '" + rest(20) + "'");
    }
  }

  /** Passes over blanks and tabs; false when there are none. */
  boolean blanks() {
    int from = at;
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
    return at > from;
  }

  /** Letters, digits, '_' and, where allowed, ':'; not beginning with a digit; may be empty. */
  String bareName(boolean colons) {
    int from = at;
    while (at < end && isName(bytes[at], colons, at > from)) {
      at++;
    }
    return new String(bytes, from, at - from, UTF_8);
  }

  private static boolean isName(byte b, boolean colons, boolean digits) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '_'
        || (colons && b == ':')
        || (digits && b >= '0' && b <= '9');
  }

  /** Up to the next blank, tab or end. */
  String word() {
    int from = at;
    while (at < end && bytes[at] != ' ' && bytes[at] != '\t') {
      at++;
    }
    return text(from, at);
  }

  /**
   * The text behind an opening quote; passes over the closing one.
   *
   * @param lenient a backslash before another character stands for itself
   */
  String quoted(boolean lenient) {
    int from = at;
    while (at < end && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    if (at >= end) {
      at = end;
      throw wrong("quote", "a quote is not closed");
    }
    String text = unescaped(text(from, at), true, lenient);
    at++;
    return text;
  }

  /** All that is left, as help texts are escaped. */
  String help(boolean quotes) {
    String text = unescaped(text(at, end), quotes, true);
    at = end;
    return text;
  }

  Malformed wrong(String rule, String message) {
    return new Malformed(line, rule, message);
  }

  private String unescaped(String text, boolean quotes, boolean lenient) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = c == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (next == 'n' || next == '\\' || (next == '"' && quotes)) {
        plain.append(next == 'n' ? '\n' : next);
        i++;
      } else if (c == '\\' && !lenient) {
        throw wrong("escape", "a backslash must be written as two, or stand before '\"' or 'n'");
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private String text(int from, int to) {
    try {
      return decoder.decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
    } catch (CharacterCodingException e) {
      throw wrong("utf-8", "is no UTF-8 text");
    }
  }

  private String rest(int max) {
    return new String(bytes, at, Math.min(max, end - at), UTF_8);
  }
}
