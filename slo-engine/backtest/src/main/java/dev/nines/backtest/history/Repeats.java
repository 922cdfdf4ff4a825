// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import java.util.HashMap;
import java.util.Map;

/** Knows what a mirror wrote twice: numbers of a task grow with each record. */
final class Repeats {

  private final Map<String, Long> sequences = new HashMap<>();

  boolean isFirst(String task, long seq) {
    if (seq <= sequences.getOrDefault(task, 0L)) {
      return false;
    }
    sequences.put(task, seq);
    return true;
  }
}
