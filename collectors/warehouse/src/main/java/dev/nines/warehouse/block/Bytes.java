// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing buffer of little-endian numbers, kept from batch to batch. */
public final class Bytes {

  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private static final int SMALL = 64 * 1024;

  private byte[] array;
  private int size;

  public Bytes(int capacity) {
    array = new byte[capacity];
  }

  public void putByte(int value) {
    reserve(1);
    array[size++] = (byte) value;
  }

  public void putShort(int value) {
    reserve(Short.BYTES);
    SHORTS.set(array, size, (short) value);
    size += Short.BYTES;
  }

  public void putInt(int value) {
    reserve(Integer.BYTES);
    INTS.set(array, size, value);
    size += Integer.BYTES;
  }

  public void putLong(long value) {
    reserve(Long.BYTES);
    LONGS.set(array, size, value);
    size += Long.BYTES;
  }

  /** LEB128 of a number that is not negative. */
  public void putVarint(int value) {
    reserve(5);
    int rest = value;
    while (rest >= 0x80) {
      array[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
  }

  public void put(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, array, size, length);
    size += length;
  }

  public void put(Bytes other) {
    put(other.array, 0, other.size);
  }

  /** Length and UTF-8, as Native writes names, types and texts. */
  public void putText(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    putVarint(utf8.length);
    put(utf8, 0, utf8.length);
  }

  public void putZeros(int count) {
    reserve(count);
    Arrays.fill(array, size, size + count, (byte) 0);
    size += count;
  }

  /** Appends what was written from {@code start} to {@code end} once more. */
  void repeat(int start, int end) {
    reserve(end - start);
    System.arraycopy(array, start, array, size, end - start);
    size += end - start;
  }

  void copyTo(Bytes out, int start, int length) {
    out.put(array, start, length);
  }

  boolean matches(int start, int length, byte[] other, int offset) {
    return Arrays.equals(array, start, start + length, other, offset, offset + length);
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  /** Gives back what is not used, when it is more than so many times what is. */
  void shrink(int times) {
    if (array.length > SMALL && (long) size * times < array.length) {
      array = Arrays.copyOf(array, Math.max(SMALL, size));
    }
  }

  int capacity() {
    return array.length;
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(array, 0, size);
  }

  static long longAt(byte[] source, int offset) {
    return (long) LONGS.get(source, offset);
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > array.length) {
      array = Arrays.copyOf(array, Math.max(needed, array.length + (array.length >> 1)));
    }
  }

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
  }
}
