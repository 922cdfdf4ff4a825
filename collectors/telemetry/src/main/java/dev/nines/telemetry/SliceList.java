// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.ArrayList;
import java.util.List;

/** A list of slices that keeps its objects from one span to the next. */
public final class SliceList {

  private final List<Slice> slices = new ArrayList<>();
  private int size;

  Slice add() {
    if (size == slices.size()) {
      slices.add(new Slice());
    }
    return slices.get(size++);
  }

  void clear() {
    size = 0;
  }

  public int size() {
    return size;
  }

  public Slice get(int index) {
    return slices.get(index);
  }
}
