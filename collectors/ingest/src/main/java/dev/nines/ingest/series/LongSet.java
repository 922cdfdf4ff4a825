// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.series;

/** A set of hashes, 8 to 16 bytes each: open addressing, at most three quarters full. */
final class LongSet {

  private final long spread;
  private long[] slots = new long[8];
  private boolean hasZero;
  private int size;

  /**
   * @param spread any odd number that senders do not know: what they choose must not collide
   */
  LongSet(long spread) {
    this.spread = spread | 1;
  }

  int size() {
    return size;
  }

  boolean contains(long value) {
    return value == 0 ? hasZero : slots[slot(value)] == value;
  }

  /** True when it was not there. */
  boolean add(long value) {
    if (contains(value)) {
      return false;
    }
    if (value == 0) {
      hasZero = true;
    } else {
      if ((size + 1) * 4L > slots.length * 3L) {
        grow();
      }
      slots[slot(value)] = value;
    }
    size++;
    return true;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    for (long value : old) {
      if (value != 0) {
        slots[slot(value)] = value;
      }
    }
  }

  /** Where the value is, or the free slot where it would be. */
  private int slot(long value) {
    int mask = slots.length - 1;
    int slot = (int) ((value * spread) >>> Long.numberOfLeadingZeros(mask)); // all bits count here
    while (slots[slot] != 0 && slots[slot] != value) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
