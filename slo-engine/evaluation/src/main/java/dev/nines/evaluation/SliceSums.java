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
 * @param shortfalls in {@link Sliced#WHOLE}ths of a slice
 */
record SliceSums(long atMillis, Sliced budgeting, Map<TimeWindow, Long> shortfalls) {

  long shortfall(TimeWindow window) {
    return shortfalls.getOrDefault(window, 0L);
  }

  SliceBudget budget(Slo slo) {
    return SliceBudget.at(slo, budgeting, atMillis, shortfall(slo.period()));
  }
}
