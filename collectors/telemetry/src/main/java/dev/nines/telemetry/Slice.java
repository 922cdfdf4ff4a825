// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A view of bytes that are not copied. Mutable and reused: valid until the walk goes on.
 *
 * <p>Equality is by content, so that a frozen copy can be a map key.
 */
public final class Slice {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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

  /** Its last byte first: keys of attributes often have a prefix and a length in common. */
  public boolean contentEquals(byte[] other) {
    if (length != other.length) {
      return false;
    }
    return length == 0
        || (array[offset + length - 1] == other[length - 1]
            && Arrays.equals(array, offset, offset + length, other, 0, length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slice that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  /** Eight bytes a step: names of operations are looked up once a span. */
  @Override
  public int hashCode() {
    long hash = length;
    int at = offset;
    int end = offset + length;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      hash = mixed(hash ^ (long) EIGHT.get(array, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << Byte.SIZE) | (array[at] & 0xffL);
    }
    return (int) mixed(hash ^ rest);
  }

  /** Odd multiplier and a shift: the upper bits get into the lower ones, which tables use. */
  private static long mixed(long value) {
    long product = value * 0x9E3779B97F4A7C15L;
    return product ^ (product >>> Integer.SIZE);
  }

  @Override
  public String toString() {
    return utf8();
  }
}
