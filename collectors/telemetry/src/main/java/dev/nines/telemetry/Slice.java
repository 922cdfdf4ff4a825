// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A view of bytes that are not copied. Mutable and reused: valid until the walk goes on.
 *
 * <p>Equality is by content, so that a frozen copy can be a map key.
 */
public final class Slice {

  private byte[] array = new byte[0];
  private int offset;
  private int length;

  public void set(byte[] newArray, int newOffset, int newLength) {
    array = newArray;
    offset = newOffset;
    length = newLength;
  }

  public void clear() {
    length = 0;
  }

  public byte[] array() {
    return array;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** A slice of its own bytes. */
  public Slice copy() {
    Slice copy = new Slice();
    copy.set(bytes(), 0, length);
    return copy;
  }

  public byte[] bytes() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** The bytes as UTF-8; malformed sequences become U+FFFD. */
  public String utf8() {
    return new String(array, offset, length, UTF_8);
  }

  public boolean contentEquals(byte[] other) {
    return Arrays.equals(array, offset, offset + length, other, 0, other.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slice that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return utf8();
  }
}
