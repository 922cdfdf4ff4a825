// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A column of strings, which are any bytes: each by itself, or as words of a dictionary. */
public abstract sealed class StringColumn extends Column permits TextColumn, WordColumn {

  private static final byte[] DIGITS = "0123456789".getBytes(UTF_8);

  private final byte[] number = new byte[20];

  StringColumn(String name, String type) {
    super(name, type);
  }

  public abstract void put(byte[] source, int offset, int length);

  public abstract void put(String text);

  /** The decimal digits of a number, as {@link Long#toString(long)} writes them. */
  public final void putNumber(long value) {
    long rest = value;
    int start = number.length;
    do {
      number[--start] = DIGITS[(int) Math.abs(rest % 10)];
      rest /= 10;
    } while (rest != 0);
    if (value < 0) {
      number[--start] = '-';
    }
    put(number, start, number.length - start);
  }

  /** Where the next value will begin: for {@link #repeat}. */
  abstract int position();

  /** Appends the {@code count} values between two positions once more. */
  abstract void repeat(int start, int end, int count);
}
