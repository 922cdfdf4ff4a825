// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.transport.Sums;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One region's minutes of vanished traffic, by their start in epoch seconds, and their sum. */
final class MissingMinutes {

  private final TreeMap<Long, MissingMinute> minutes = new TreeMap<>();
  private long sumFrom = Long.MIN_VALUE;
  private long sum;

  NavigableMap<Long, MissingMinute> all() {
    return minutes;
  }

  void put(long minute, MissingMinute now) {
    minutes.put(minute, now);
    sumFrom = Long.MIN_VALUE;
  }

  /** Missing events of the minutes from an instant on; asked often, and the same for an hour. */
  long from(long seconds) {
    if (sumFrom != seconds) {
      sum =
          minutes.tailMap(seconds, true).values().stream()
              .mapToLong(MissingMinute::missing)
              .reduce(0, Sums::capped);
      sumFrom = seconds;
    }
    return sum;
  }
}
