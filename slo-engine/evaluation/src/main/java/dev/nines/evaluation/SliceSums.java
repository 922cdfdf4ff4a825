// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.SliceBudget;
import dev.nines.objectives.Slo;
import dev.nines.objectives.TimeWindow;
import java.util.Map;

/**
 * What slices of a scope spent, by window.
 *
 * @param atMillis an instant of the period that is asked for
 * @param shortfalls in {@link Sliced#WHOLE}ths of a slice; none before a slice was judged
 * @param failures bad events of those slices, of the windows that need them
 */
record SliceSums(
    long atMillis,
    Sliced budgeting,
    Map<TimeWindow, Long> shortfalls,
    Map<TimeWindow, Long> failures) {

  /** Some slice was judged. */
  boolean any() {
    return !shortfalls.isEmpty();
  }

  long shortfall(TimeWindow window) {
    return shortfalls.getOrDefault(window, 0L);
  }

  long failures(TimeWindow window) {
    return failures.getOrDefault(window, 0L);
  }

  SliceBudget budget(Slo slo) {
    return SliceBudget.at(slo, budgeting, atMillis, shortfall(slo.period()));
  }
}
