// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.Arrays;

/** Writes the protobuf wire form of small messages and of cut batches. */
public final class WireWriter {

  private byte[] array = new byte[64];
  private int size;

  /** A field of type bytes, string or message. */
  public WireWriter bytes(int field, byte[] value) {
    return bytes(field, value, 0, value.length);
  }

  public WireWriter text(int field, String value) {
    return bytes(field, Envelope.text(value));
  }

  public WireWriter message(int field, WireWriter value) {
    return bytes(field, value.array, 0, value.size);
  }

  /** A field of type int32, int64, uint or enum. */
  public WireWriter varint(int field, long value) {
    return raw((long) field << 3).raw(value);
  }

  /** A field of type fixed64, sfixed64 or double. */
  public WireWriter fixed64(int field, long value) {
    return raw(((long) field << 3) | 1).rawFixed64(value);
  }

  /** A field of type fixed32. */
  public WireWriter fixed32(int field, int value) {
    raw(((long) field << 3) | 5).reserve(Integer.BYTES);
    for (int shift = 0; shift < Integer.SIZE; shift += 8) {
      array[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  /**
   * Opens a nested message or a packed list: what is written next is its content.
   *
   * @return what {@link #close} needs
   */
  public int open(int field) {
    raw(((long) field << 3) | 2).reserve(1);
    return ++size;
  }

  /** Closes what {@link #open} opened; a content of 128 bytes or more is moved by a few. */
  public void close(int start) {
    int length = size - start;
    int extra = lengthBytes(length) - 1;
    reserve(extra);
    System.arraycopy(array, start, array, start + extra, length);
    size = start - 1;
    raw(length);
    size += length;
  }

  /** An element of a packed list of varints. */
  public WireWriter rawVarint(long value) {
    return raw(value);
  }

  /** An element of a packed list of fixed64 or double. */
  public WireWriter rawFixed64(long value) {
    reserve(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += 8) {
      array[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Fields that are encoded already. */
  public WireWriter encoded(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, array, size, to - from);
    size += to - from;
    return this;
  }

  public int size() {
    return size;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(array, size);
  }

  /** A part of an array, as a field of type bytes, string or message. */
  public WireWriter bytes(int field, byte[] source, int from, int length) {
    return raw(((long) field << 3) | 2).raw(length).encoded(source, from, from + length);
  }

  private WireWriter raw(long varint) {
    reserve(10);
    long rest = varint;
    while ((rest & ~0x7fL) != 0) {
      array[size++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
    return this;
  }

  private static int lengthBytes(int length) {
    int bytes = 1;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      bytes++;
    }
    return bytes;
  }

  private void reserve(int bytes) {
    if (array.length - size < bytes) {
      array = Arrays.copyOf(array, Math.max(size + bytes, array.length * 2));
    }
  }
}
