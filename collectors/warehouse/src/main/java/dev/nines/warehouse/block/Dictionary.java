// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Distinct texts of a column in order of appearance; number 0 is the empty text. Open addressing
 * with linear probing over copied bytes, at most half full.
 */
final class Dictionary {

  private static final int FREE = -1;
  private static final int WORDS = 256;
  private static final int SLOTS = 1024;

  /** Slots for a word that a dictionary keeps at most when it is used again. */
  private static final int SPARE = 16;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final Bytes texts = new Bytes(4 * 1024);
  private int[] starts = new int[WORDS];

  /** By number of a text: the one that came after it when it was last looked up. */
  private int[] followers = new int[WORDS];

  /** Hash and number, or {@link #FREE}. */
  private long[] table = new long[SLOTS];

  private final long seed = new SecureRandom().nextLong();
  private int size;

  Dictionary() {
    clear();
  }

  int id(byte[] source, int offset, int length) {
    int hash = hash(source, offset, length);
    int slot = hash & (table.length - 1);
    while (table[slot] != FREE) {
      long entry = table[slot];
      if ((int) (entry >>> Integer.SIZE) == hash && same((int) entry, source, offset, length)) {
        return (int) entry;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = ((long) hash << Integer.SIZE) | size;
    return add(source, offset, length);
  }

  /** Tries what came after {@code before} the last time, which needs no hash. */
  int idAfter(int before, byte[] source, int offset, int length) {
    int follower = followers[before];
    if (follower == FREE || !same(follower, source, offset, length)) {
      follower = id(source, offset, length);
      followers[before] = follower;
    }
    return follower;
  }

  /** Bytes that it holds, used or not. */
  int capacityBytes() {
    return texts.capacity() + starts.length * Long.BYTES + table.length * Long.BYTES;
  }

  int size() {
    return size;
  }

  /** One batch of values that never come twice leaves nothing behind that is large. */
  void clear() {
    if (table.length > SLOTS && size * SPARE < table.length) {
      table = new long[SLOTS];
      starts = new int[WORDS];
      followers = new int[WORDS];
    }
    texts.shrink(SPARE);
    Arrays.fill(table, FREE);
    texts.clear();
    starts[0] = 0;
    size = 0;
    id(new byte[0], 0, 0);
  }

  void write(Bytes out) {
    out.putLong(size);
    for (int id = 0; id < size; id++) {
      out.putVarint(length(id));
      texts.copyTo(out, starts[id], length(id));
    }
  }

  private int add(byte[] source, int offset, int length) {
    if (size + 2 > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
      followers = Arrays.copyOf(followers, starts.length);
    }
    texts.put(source, offset, length);
    followers[size] = FREE;
    size++;
    starts[size] = texts.size();
    if (size * 2 > table.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    long[] old = table;
    table = new long[old.length * 4];
    Arrays.fill(table, FREE);
    for (long entry : old) {
      if (entry != FREE) {
        int slot = (int) (entry >>> Integer.SIZE) & (table.length - 1);
        while (table[slot] != FREE) {
          slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = entry;
      }
    }
  }

  private boolean same(int id, byte[] source, int offset, int length) {
    return length(id) == length && texts.matches(starts[id], length, source, offset);
  }

  private int length(int id) {
    return starts[id + 1] - starts[id];
  }

  /** Eight bytes at a time, under a number that clients, who choose the texts, do not know. */
  private int hash(byte[] source, int offset, int length) {
    long hash = seed ^ length;
    int end = offset + length;
    int last = end - Long.BYTES;
    for (int i = offset; i <= last; i += Long.BYTES) {
      hash = mix(hash ^ Bytes.longAt(source, i));
    }
    if (length >= Long.BYTES) {
      hash = mix(hash ^ Bytes.longAt(source, last));
    } else {
      long rest = 0;
      for (int i = offset; i < end; i++) {
        rest = (rest << 8) | (source[i] & 0xFF);
      }
      hash = mix(hash ^ rest);
    }
    return (int) hash;
  }

  /** Both halves of a product of 128 bits: each bit of a text reaches each bit of the hash. */
  private static long mix(long value) {
    return (value * MULTIPLIER) ^ Math.multiplyHigh(value, MULTIPLIER);
  }
}
