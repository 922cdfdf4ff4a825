// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import org.jspecify.annotations.Nullable;

/**
 * Card numbers among digits and gaps of any number, whatever stands around them: in bytes whose
 * fields are unknown, a length may look like one more digit.
 */
final class LooseCard {

  private LooseCard() {}

  /** The first one, the longest that begins there; null when there is none. */
  static Finder.@Nullable Found find(byte[] body, int from, int to) {
    byte[] digits = new byte[to - from];
    int[] places = new int[to - from];
    int count = 0;
    for (int at = from; at < to; at++) {
      if (Chars.is(Chars.DIGIT, body[at])) {
        digits[count] = body[at];
        places[count++] = at;
      }
    }
    for (int first = 0; first <= count - CardNumber.DIGITS_MIN; first++) {
      int most = Math.min(CardNumber.DIGITS_MAX, count - first);
      for (int size = most; size >= CardNumber.DIGITS_MIN; size--) {
        if (CardNumber.is(digits, first, size)) {
          return new Finder.Found(Kind.CARD, places[first], places[first + size - 1] + 1);
        }
      }
    }
    return null;
  }
}
