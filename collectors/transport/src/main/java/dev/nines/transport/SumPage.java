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

  private ByteBuffer buffer = ByteBuffer.allocate(512);

  void add(Sum sum) {
    long[] values = sum.values();
    addKey(sum.key(), values.length);
    Varint.put(buffer, sum.latest());
    for (long value : values) {
      Varint.put(buffer, value);
    }
  }

  void addTaken(SumKey key) {
    addKey(key, 0);
  }

  boolean isFull() {
    return buffer.position() >= BYTES_FULL;
  }

  boolean isEmpty() {
    return buffer.position() == 0;
  }

  byte[] bytes() {
    return Arrays.copyOf(buffer.array(), buffer.position());
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
      byte[] bytes = new byte[(int) Varint.get(buffer)];
      buffer.get(bytes);
      SumKey key = SumKey.read(bytes);
      long[] values = new long[(int) Varint.get(buffer)];
      if (values.length == 0) {
        taken.accept(key);
      } else {
        long latest = Varint.get(buffer);
        Arrays.setAll(values, i -> Varint.get(buffer));
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
    int most = buffer.position() + name.length + (3 + values) * Varint.LONGEST;
    if (most > buffer.capacity()) {
      buffer = ByteBuffer.allocate(Math.max(most, 2 * buffer.capacity())).put(buffer.flip());
    }
    Varint.put(buffer, name.length);
    buffer.put(name);
    Varint.put(buffer, values);
  }
}
