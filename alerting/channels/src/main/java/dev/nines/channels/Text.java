// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Texts within the limits of providers. */
public final class Text {

  private static final String CUT = "...";

  private Text() {}

  /** At most so many UTF-16 units; never half a character. */
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - CUT.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
  }

  /** Bytes in UTF-8. */
  public static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
