// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.nio.ByteBuffer;

/** Integers of 7 bits a byte, the lowest first; a negative one has ten bytes. */
public final class Varint {

  public static final int LONGEST = 10;

  private Varint() {}

  public static void put(ByteBuffer buffer, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    buffer.put((byte) rest);
  }

  public static long get(ByteBuffer buffer) {
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
