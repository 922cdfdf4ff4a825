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

  private WireWriter bytes(int field, byte[] source, int from, int length) {
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

  private void reserve(int bytes) {
    if (array.length - size < bytes) {
      array = Arrays.copyOf(array, Math.max(size + bytes, array.length * 2));
    }
  }
}
