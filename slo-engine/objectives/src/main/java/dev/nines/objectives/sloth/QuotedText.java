// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A string of PromQL, with the escapes of Go; none between backticks.
 *
 * @param end behind the closing quote
 * @param error what is wrong; empty when nothing is
 */
record QuotedText(String value, int end, String error) {

  private static final Map<Character, Integer> CONTROLS =
      Map.of('a', 7, 'b', 8, 'f', 12, 'n', 10, 'r', 13, 't', 9, 'v', 11, '\\', 92);

  /** Bytes by octal or hex, then code points. */
  private static final Pattern CODED =
      Pattern.compile(
          "\\\\(?:([0-3][0-7]{2})|x(\\p{XDigit}{2})|u(\\p{XDigit}{4})|U(\\p{XDigit}{8}))");

  /**
   * @param start of the opening quote
   */
  static QuotedText read(String text, int start) {
    char quote = text.charAt(start);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at);
      if (c == '\n' && quote != '`') {
        return new QuotedText("", at, "a string that is not closed on its line");
      }
      int next =
          c == '\\' && quote != '`' ? escape(text, at, quote, bytes) : character(text, at, bytes);
      if (next == at) {
        return new QuotedText("", at, "an escape that Go has not, in a string");
      }
      at = next;
    }
    return at >= text.length()
        ? new QuotedText("", at, "a string that is not closed")
        : decoded(bytes.toByteArray(), at + 1);
  }

  private static int character(String text, int at, ByteArrayOutputStream bytes) {
    int end = text.offsetByCodePoints(at, 1);
    bytes.writeBytes(text.substring(at, end).getBytes(UTF_8));
    return end;
  }

  /** Behind the escape, or {@code at} when it is none. */
  private static int escape(String text, int at, char quote, ByteArrayOutputStream bytes) {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    if (c == quote || CONTROLS.containsKey(c)) {
      bytes.write(c == quote ? c : CONTROLS.getOrDefault(c, 0));
      return at + 2;
    }
    Matcher coded = CODED.matcher(text).region(at, text.length());
    if (!coded.lookingAt()) {
      return at;
    }
    if (coded.group(1) != null) {
      bytes.write(Integer.parseInt(coded.group(1), 8));
    } else if (coded.group(2) != null) {
      bytes.write(Integer.parseInt(coded.group(2), 16));
    } else {
      String hex = coded.group(3) != null ? coded.group(3) : coded.group(4);
      long codePoint = Long.parseLong(hex, 16);
      boolean surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
      if (codePoint > Character.MAX_CODE_POINT || surrogate) {
        return at;
      }
      bytes.writeBytes(Character.toString((int) codePoint).getBytes(UTF_8));
    }
    return coded.end();
  }

  private static QuotedText decoded(byte[] bytes, int end) {
    try {
      return new QuotedText(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), end, "");
    } catch (CharacterCodingException e) {
      return new QuotedText("", end, "a string that is no UTF-8");
    }
  }
}
