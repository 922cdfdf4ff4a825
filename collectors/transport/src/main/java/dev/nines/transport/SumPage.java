// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import dev.nines.transport.Sums.Sum;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Many sums in one entry of a store. For each: length and bytes of its key, how many values, the
 * latest instant, the values, as variable-length integers of 7 bits a byte. No values: the key was
 * taken. The key of the entry is the kind, {@link #PAGE} and a number that grows.
 */
final class SumPage {

  /** No key has so many texts, so that pages come behind entries of a single key. */
  private static final byte PAGE = (byte) 0xFF;

  /** A record of a changelog is bounded by 1 MiB. */
  private static final int BYTES_FULL = 256 << 10;

  private static final int LONGEST_VARINT = 10;

  private byte[] bytes = new byte[512];
  private int length;

  void add(Sum sum) {
    long[] values = sum.values();
    addKey(sum.key(), values.length);
    put(sum.latest());
    for (long value : values) {
      put(value);
    }
  }

  void addTaken(SumKey key) {
    addKey(key, 0);
  }

  boolean isFull() {
    return length >= BYTES_FULL;
  }

  boolean isEmpty() {
    return length == 0;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  static Bytes key(char kind, long number) {
    return Bytes.wrap(
        ByteBuffer.allocate(2 + Long.BYTES).put((byte) kind).put(PAGE).putLong(number).array());
  }

  static boolean isPage(Bytes key) {
    return key.get()[1] == PAGE;
  }

  static long number(Bytes page) {
    return ByteBuffer.wrap(page.get(), 2, Long.BYTES).getLong();
  }

  static void read(byte[] page, Consumer<Sum> sums, Consumer<SumKey> taken) {
    ByteBuffer buffer = ByteBuffer.wrap(page);
    while (buffer.hasRemaining()) {
      byte[] bytes = new byte[(int) varint(buffer)];
      buffer.get(bytes);
      SumKey key = SumKey.read(bytes);
      long[] values = new long[(int) varint(buffer)];
      if (values.length == 0) {
        taken.accept(key);
      } else {
        long latest = varint(buffer);
        Arrays.setAll(values, i -> varint(buffer));
        sums.accept(new Sum(key, latest, values));
      }
    }
  }

  /** An entry of a single key: the latest instant and the values, of 8 bytes each. */
  static Sum former(Bytes key, byte[] value) {
    ByteBuffer buffer = ByteBuffer.wrap(value);
    long latest = buffer.getLong();
    long[] values = new long[buffer.remaining() / Long.BYTES];
    buffer.asLongBuffer().get(values);
    return new Sum(SumKey.read(key.get()), latest, values);
  }

  private void addKey(SumKey key, int values) {
    byte[] name = key.bytes();
    int most = length + name.length + (3 + values) * LONGEST_VARINT;
    if (most > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(most, 2 * bytes.length));
    }
    put(name.length);
    System.arraycopy(name, 0, bytes, length, name.length);
    length += name.length;
    put(values);
  }

  private void put(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private static long varint(ByteBuffer buffer) {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = buffer.get();
      value |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }
}
