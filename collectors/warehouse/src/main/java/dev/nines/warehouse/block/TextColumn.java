// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

import static java.nio.charset.StandardCharsets.UTF_8;

/** {@code String}: any bytes. */
public final class TextColumn extends Column {

  private static final byte[] DIGITS = "0123456789".getBytes(UTF_8);

  private final Bytes values = new Bytes(16 * 1024);
  private final byte[] number = new byte[20];
  private int rows;

  public TextColumn(String name) {
    super(name, "String");
  }

  public void put(byte[] source, int offset, int length) {
    values.putVarint(length);
    values.put(source, offset, length);
    rows++;
  }

  public void put(String text) {
    values.putText(text);
    rows++;
  }

  /** The decimal digits of a number, as {@link Long#toString(long)} writes them. */
  public void putNumber(long value) {
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
  int position() {
    return values.size();
  }

  void repeat(int start, int end, int count) {
    values.repeat(start, end);
    rows += count;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  void clear() {
    values.clear();
    rows = 0;
  }

  @Override
  void data(Bytes out) {
    out.put(values);
  }
}
