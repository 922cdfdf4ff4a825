// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.TimeWindow;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sums of the few windows of one budget: few enough to be looked for one after the other. */
final class WindowSums {

  private static final WindowSum[] NONE = {};

  private WindowSum[] sums = NONE;

  @Nullable WindowSum get(TimeWindow window) {
    for (WindowSum sum : sums) {
      if (sum.window().equals(window)) {
        return sum;
      }
    }
    return null;
  }

  /** One that is not there yet begins. */
  WindowSum of(TimeWindow window) {
    WindowSum known = get(window);
    return known == null ? put(new WindowSum(window)) : known;
  }

  WindowSum put(WindowSum sum) {
    sums = Arrays.copyOf(sums, sums.length + 1);
    sums[sums.length - 1] = sum;
    return sum;
  }

  /** Drops the others. */
  void keep(Set<TimeWindow> wanted) {
    sums =
        Arrays.stream(sums).filter(sum -> wanted.contains(sum.window())).toArray(WindowSum[]::new);
  }

  /** An increment that is in the ladder already. */
  void add(long slice, CellSum added) {
    for (WindowSum sum : sums) {
      sum.add(slice, added);
    }
  }
}
