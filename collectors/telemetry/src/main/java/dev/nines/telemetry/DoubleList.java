// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.Arrays;

/** Doubles, bit by bit as they came, that keep their array from one point to the next. */
public final class DoubleList {

  private double[] values = new double[32];
  private int size;

  void add(double value) {
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

  public double get(int index) {
    return values[index];
  }

  public double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
