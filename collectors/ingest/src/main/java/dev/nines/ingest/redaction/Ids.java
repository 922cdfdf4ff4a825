// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

/** Texts of hex digits that name things, and may hold runs of decimal digits by chance. */
final class Ids {

  /** Longest id that is looked at: a W3C trace context of version 00. */
  private static final int CHARS_MAX = 55;

  private static final int[] UUID = {8, 4, 4, 4, 12};
  private static final int[] TRACE_CONTEXT = {2, 32, 16, 2};

  private Ids() {}

  /**
   * Of a card's magnetic stripe or chip, and after an escape such as {@code %3D}, there are fewer.
   */
  private static final int LETTERS_MIN = 3;

  /** Whether the word around a place has hex digits only, and some letters among them. */
  static boolean hexWord(byte[] text, int start, int at, int end) {
    int from = Chars.before(Chars.WORD, text, at, Math.max(start, at - CHARS_MAX));
    int to = Chars.after(Chars.WORD, text, at, Math.min(end, at + CHARS_MAX));
    int letters = 0;
    for (int i = from; i < to; i++) {
      if (!Chars.is(Chars.HEX, text[i])) {
        return false;
      }
      letters += Chars.is(Chars.LETTER, text[i]) ? 1 : 0;
    }
    return letters >= LETTERS_MIN;
  }

  /** Whether a place lies in a UUID or a trace context. */
  static boolean dashed(byte[] text, int start, int at, int end) {
    int least = Math.max(start, at - CHARS_MAX - 1);
    int most = Math.min(end, at + CHARS_MAX + 1);
    int from = at;
    while (from > least && isIdChar(text[from - 1])) {
      from--;
    }
    int to = at;
    while (to < most && isIdChar(text[to])) {
      to++;
    }
    return has(UUID, text, from, to) || has(TRACE_CONTEXT, text, from, to);
  }

  private static boolean isIdChar(byte value) {
    return value == '-' || Chars.is(Chars.HEX, value);
  }

  private static boolean has(int[] groups, byte[] text, int from, int to) {
    int at = from;
    for (int group : groups) {
      int next = Chars.after(Chars.HEX, text, at, to);
      if (next - at != group || (at > from && text[at - 1] != '-')) {
        return false;
      }
      at = next + 1;
    }
    return at == to + 1;
  }
}
