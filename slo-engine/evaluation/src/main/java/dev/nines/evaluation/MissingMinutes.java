// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.transport.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One region's minutes of vanished traffic, by their start in epoch seconds, and their sum. */
final class MissingMinutes {

  private final TreeMap<Long, MissingMinute> minutes = new TreeMap<>();
  private long sumFrom = Long.MIN_VALUE;
  private long sum;

  @Nullable MissingMinute get(long minute) {
    return minutes.get(minute);
  }

  int size() {
    return minutes.size();
  }

  /** What was expected in five minutes in the first minute from an instant on. */
  OptionalLong expectedInFive(long since) {
    return minutes.tailMap(since, true).values().stream()
        .mapToLong(MissingMinute::expectedInFive)
        .findFirst();
  }

  /** Forgets the minutes before an instant, and says which. */
  List<Long> forget(long oldest) {
    SortedMap<Long, MissingMinute> over = minutes.headMap(oldest);
    List<Long> forgotten = new ArrayList<>(over.keySet());
    if (!forgotten.isEmpty()) {
      over.clear();
      sumFrom = Long.MIN_VALUE;
    }
    return forgotten;
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
