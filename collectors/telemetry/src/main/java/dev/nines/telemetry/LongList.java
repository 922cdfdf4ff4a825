// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.Arrays;

/** 64-bit integers that keep their array from one point to the next. */
public final class LongList {

  private long[] values = new long[32];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  void clear() {
    size = 0;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public long get(int index) {
    return values[index];
  }

  public long[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
