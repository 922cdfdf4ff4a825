// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import org.jspecify.annotations.Nullable;

/**
 * Card numbers: 13 to 19 digits in one group, or in groups with single spaces or dashes between.
 * The first group has at least four digits, the others three, of which the last may have less when
 * all before it have four. Not part of a longer run of digits, of a decimal number, of a hex word,
 * of a UUID or trace context, and no international phone number.
 */
final class CardFinder implements Finder {

  private static final int FIRST_GROUP_MIN = 4;
  private static final int GROUP_MIN = 3;
  private static final int PHONE_DIGITS_MAX = 15;

  @Override
  public @Nullable Found find(byte[] body, int start, int from, int end) {
    int at = from;
    while (at < end) {
      if (!Chars.is(Chars.DIGIT, body[at])) {
        at++;
        continue;
      }
      int group = Chars.after(Chars.DIGIT, body, at, end);
      if (at == start || at > from || !Chars.is(Chars.DIGIT, body[at - 1])) {
        int to = numberEnd(body, start, at, group, end);
        if (to > 0) {
          return new Found(Kind.CARD, at, to);
        }
      }
      at = group;
    }
    return null;
  }

  /**
   * Where the longest card number that begins with a group of digits ends; 0 when there is none.
   */
  private static int numberEnd(byte[] body, int start, int from, int firstEnd, int end) {
    if (firstEnd - from < FIRST_GROUP_MIN || firstEnd - from > CardNumber.DIGITS_MAX) {
      return 0;
    }
    byte[] digits = new byte[CardNumber.DIGITS_MAX];
    int count = 0;
    int found = 0;
    int groupFrom = from;
    int groupTo = firstEnd;
    boolean fours = true; // the groups before the present one
    while (count + groupTo - groupFrom <= CardNumber.DIGITS_MAX) {
      int size = groupTo - groupFrom;
      boolean last = size < GROUP_MIN;
      if (last && !fours) {
        break;
      }
      System.arraycopy(body, groupFrom, digits, count, size);
      count += size;
      if (CardNumber.is(digits, 0, count) && stands(body, start, from, groupTo, end, count)) {
        found = groupTo;
      }
      fours &= size == FIRST_GROUP_MIN;
      groupFrom = groupTo + 1;
      if (last
          || !Chars.is(Chars.GAP, body, groupTo, start, end)
          || !Chars.is(Chars.DIGIT, body, groupFrom, start, end)) {
        break;
      }
      groupTo = Chars.after(Chars.DIGIT, body, groupFrom, end);
    }
    return found;
  }

  /** Whether what stands around the digits lets them be a number of their own. */
  private static boolean stands(byte[] body, int start, int from, int to, int end, int digits) {
    return !isDecimal(body, start, from, to, end)
        && !(isAt(body, from - 1, start, end, '+') && digits <= PHONE_DIGITS_MAX)
        && !Ids.hexWord(body, start, from, end)
        && !Ids.hexWord(body, start, to - 1, end)
        && !Ids.dashed(body, start, from, end);
  }

  private static boolean isDecimal(byte[] body, int start, int from, int to, int end) {
    boolean fraction =
        isAt(body, from - 1, start, end, '.') && Chars.is(Chars.DIGIT, body, from - 2, start, end);
    boolean whole =
        isAt(body, to, start, end, '.') && Chars.is(Chars.DIGIT, body, to + 1, start, end);
    return fraction || whole;
  }

  private static boolean isAt(byte[] body, int at, int start, int end, char wanted) {
    return at >= start && at < end && body[at] == wanted;
  }
}
