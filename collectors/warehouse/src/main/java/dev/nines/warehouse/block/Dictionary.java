// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

import java.util.Arrays;

/**
 * Distinct texts of a column in order of appearance; number 0 is the empty text. Open addressing
 * with linear probing over copied bytes, at most half full.
 */
final class Dictionary {

  private static final int FREE = -1;

  private final Bytes texts = new Bytes(4 * 1024);
  private int[] starts = new int[256];
  private int[] hashes = new int[256];
  private int[] table = new int[1024];
  private int size;

  Dictionary() {
    clear();
  }

  int id(byte[] source, int offset, int length) {
    int hash = hash(source, offset, length);
    int slot = hash & (table.length - 1);
    while (table[slot] != FREE) {
      int id = table[slot];
      if (hashes[id] == hash && same(id, source, offset, length)) {
        return id;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = size;
    return add(hash, source, offset, length);
  }

  int size() {
    return size;
  }

  void clear() {
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

  private int add(int hash, byte[] source, int offset, int length) {
    if (size + 2 > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
      hashes = Arrays.copyOf(hashes, hashes.length * 2);
    }
    texts.put(source, offset, length);
    hashes[size] = hash;
    size++;
    starts[size] = texts.size();
    if (size * 2 > table.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    table = new int[table.length * 4];
    Arrays.fill(table, FREE);
    for (int id = 0; id < size; id++) {
      int slot = hashes[id] & (table.length - 1);
      while (table[slot] != FREE) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = id;
    }
  }

  private boolean same(int id, byte[] source, int offset, int length) {
    return length(id) == length && texts.matches(starts[id], length, source, offset);
  }

  private int length(int id) {
    return starts[id + 1] - starts[id];
  }

  /** FNV-1a over bytes, then mixed: keys differ mostly in their last bytes. */
  private static int hash(byte[] source, int offset, int length) {
    int hash = 0x811C9DC5;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ source[i]) * 0x01000193;
    }
    return hash ^ (hash >>> 15);
  }
}
