// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import org.jspecify.annotations.Nullable;

/**
 * Card numbers among digits and gaps of any number, whatever stands around them: in bytes whose
 * fields are unknown, a length may look like one more digit.
 */
final class LooseCard {

  private LooseCard() {}

  /**
   * The first one, the longest that begins there; null when there is none. It takes time in
   * proportion to the bytes: of each digit at most the next 18 are looked at.
   */
  static Finder.@Nullable Found find(byte[] body, int from, int to) {
    byte[] digits = new byte[CardNumber.DIGITS_MAX];
    int[] ends = new int[CardNumber.DIGITS_MAX];
    for (int first = from; first < to; first++) {
      if (!Chars.is(Chars.DIGIT, body[first])) {
        continue;
      }
      int count = 0;
      for (int at = first; at < to && count < CardNumber.DIGITS_MAX; at++) {
        if (Chars.is(Chars.DIGIT, body[at])) {
          digits[count] = body[at];
          ends[count++] = at + 1;
        }
      }
      for (int size = count; size >= CardNumber.DIGITS_MIN; size--) {
        if (CardNumber.is(digits, 0, size)) {
          return new Finder.Found(Kind.CARD, first, ends[size - 1]);
        }
      }
    }
    return null;
  }
}
