// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import java.util.List;

/**
 * Digits that are a payment card's: a network's prefix and length (ISO/IEC 7812, the networks' own
 * tables) and Luhn's check digit. Networks: Visa, Mastercard, American Express, Discover, Diners
 * Club, JCB, UnionPay, Maestro, Mir.
 */
final class CardNumber {

  static final int DIGITS_MIN = 13;
  static final int DIGITS_MAX = 19;

  private static final long LEAST = 1_000_000_000_000L;

  /** Numbers whose first four digits and whose length are a network's. */
  private record Range(int first, int last, int least, int most) {}

  private static final List<Range> ISSUED =
      List.of(
          new Range(4000, 4999, 13, 13), // Visa
          new Range(4000, 4999, 16, 16),
          new Range(4000, 4999, 19, 19),
          new Range(5100, 5599, 16, 16), // Mastercard
          new Range(2221, 2720, 16, 16),
          new Range(3400, 3499, 15, 15), // American Express
          new Range(3700, 3799, 15, 15),
          new Range(6011, 6011, 16, 19), // Discover
          new Range(6440, 6599, 16, 19),
          new Range(3000, 3059, 14, 19), // Diners Club
          new Range(3095, 3095, 14, 19),
          new Range(3600, 3699, 14, 19),
          new Range(3800, 3999, 14, 19),
          new Range(3528, 3589, 16, 19), // JCB
          new Range(6200, 6299, 16, 19), // UnionPay
          new Range(5018, 5018, 13, 19), // Maestro
          new Range(5020, 5020, 13, 19),
          new Range(5038, 5038, 13, 19),
          new Range(5893, 5893, 13, 19),
          new Range(6304, 6304, 13, 19),
          new Range(6759, 6759, 13, 19),
          new Range(6761, 6763, 13, 19),
          new Range(2200, 2204, 16, 19)); // Mir

  private static final int PREFIX_DIGITS = 4;

  private CardNumber() {}

  /** Whether a whole number is one; no card begins with 0. */
  static boolean is(long number) {
    if (number < LEAST) {
      return false;
    }
    byte[] digits = new byte[DIGITS_MAX];
    int first = DIGITS_MAX;
    for (long rest = number; rest > 0; rest /= 10) {
      digits[--first] = (byte) ('0' + rest % 10);
    }
    return is(digits, first, DIGITS_MAX - first);
  }

  /** Whether so many ASCII digits are one. */
  static boolean is(byte[] digits, int from, int count) {
    if (count < DIGITS_MIN || count > DIGITS_MAX) {
      return false;
    }
    int prefix = 0;
    for (int i = 0; i < PREFIX_DIGITS; i++) {
      prefix = prefix * 10 + digits[from + i] - '0';
    }
    return (LENGTHS[prefix] & 1 << count) != 0 && luhn(digits, from, count);
  }

  /** By first four digits, a bit for each length that a network issues. */
  private static final int[] LENGTHS = lengths();

  private static int[] lengths() {
    int[] lengths = new int[10_000];
    for (Range range : ISSUED) {
      for (int prefix = range.first; prefix <= range.last; prefix++) {
        for (int digits = range.least; digits <= range.most; digits++) {
          lengths[prefix] |= 1 << digits;
        }
      }
    }
    return lengths;
  }

  private static boolean luhn(byte[] digits, int from, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      int digit = digits[from + count - 1 - i] - '0';
      int weighed = i % 2 == 0 ? digit : 2 * digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }
}
