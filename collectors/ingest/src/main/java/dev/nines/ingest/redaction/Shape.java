// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

/**
 * A token that begins with fixed characters.
 *
 * @param chars class of the characters after the prefix
 * @param most of those characters; one more would be another word
 */
record Shape(String prefix, int chars, int least, int most) {

  Shape(String prefix, int chars, int least) {
    this(prefix, chars, least, Integer.MAX_VALUE);
  }

  /** Where a token of this shape that begins at a place ends; 0 when none does. */
  int end(byte[] body, int from, int end) {
    if (!begins(body, from, end, prefix)) {
      return 0;
    }
    int first = from + prefix.length();
    int to = Chars.after(chars, body, first, (int) Math.min(end, 1L + first + most));
    return to - first >= least && to - first <= most ? to : 0;
  }

  static boolean begins(byte[] body, int at, int end, String ascii) {
    if (end - at < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (body[at + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
