// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.slack;

/** Text that Slack shows as it is: without escapes {@code <!channel>} would wake everybody. */
final class Mrkdwn {

  private static final String CUT = "...";

  private Mrkdwn() {}

  /** Escaped, and at most so long when escaped; never half an escape or half a character. */
  static String of(String text, int max) {
    String whole = escaped(text);
    if (whole.length() <= max) {
      return whole;
    }
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      String next = escaped(Character.toString(text.codePointAt(i)));
      if (kept.length() + next.length() > max - CUT.length()) {
        break;
      }
      kept.append(next);
    }
    return kept + CUT;
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
