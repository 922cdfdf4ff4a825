// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

/** Classes of bytes of UTF-8; a byte of a character beyond ASCII is {@link #HIGH}. */
final class Chars {

  static final int DIGIT = 1;
  static final int LETTER = 2;
  static final int HEX = 4;
  static final int GAP = 8;
  static final int LOCAL = 16;
  static final int LABEL = 32;
  static final int URL_SAFE = 64;
  static final int HIGH = 128;
  static final int WORD = DIGIT | LETTER;

  private static final int[] CLASSES = classes();

  private Chars() {}

  static boolean is(int mask, byte value) {
    return (CLASSES[value & 0xff] & mask) != 0;
  }

  /** Whether there is such a byte at a place of a text; outside of it there is none. */
  static boolean is(int mask, byte[] text, int at, int start, int end) {
    return at >= start && at < end && is(mask, text[at]);
  }

  /** The first place from {@code at} on whose byte is not of the class. */
  static int after(int mask, byte[] text, int at, int end) {
    int next = at;
    while (next < end && is(mask, text[next])) {
      next++;
    }
    return next;
  }

  /** Where the bytes of the class that end before {@code at} begin. */
  static int before(int mask, byte[] text, int at, int start) {
    int first = at;
    while (first > start && is(mask, text[first - 1])) {
      first--;
    }
    return first;
  }

  private static int[] classes() {
    int[] classes = new int[256];
    for (int c = 0; c < 256; c++) {
      boolean digit = c >= '0' && c <= '9';
      int lower = c | 32;
      boolean letter = lower >= 'a' && lower <= 'z' && c < 128;
      boolean word = digit || letter;
      boolean high = c >= 128;
      classes[c] =
          (digit ? DIGIT : 0)
              | (letter ? LETTER : 0)
              | (digit || (letter && lower <= 'f') ? HEX : 0)
              | (c == ' ' || c == '-' ? GAP : 0)
              | (word || high || "._%+-".indexOf(c) >= 0 ? LOCAL : 0)
              | (word || high || c == '-' ? LABEL : 0)
              | (word || c == '_' || c == '-' ? URL_SAFE : 0)
              | (high ? HIGH : 0);
    }
    return classes;
  }
}
