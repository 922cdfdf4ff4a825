// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * When each route is due, at a fixed rate: a late start moves no later one. Times are nanoseconds
 * since the table was made. Used by one thread.
 */
final class Timetable {

  /**
   * @param missed how many times it was due before, unseen
   */
  record Due(Route route, long missed) {}

  private record Entry(Route route, long nanos) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::nanos));

  Timetable(List<Route> routes, String fromRegion, Instant now) {
    routes.forEach(route -> entries.add(new Entry(route, route.firstNanos(fromRegion, now))));
  }

  /** Those whose time has come, each once. */
  List<Due> due(long nanos) {
    List<Due> due = new ArrayList<>();
    while (!entries.isEmpty() && entries.peek().nanos() <= nanos) {
      Entry entry = entries.remove();
      long interval = entry.route().probe().interval().toNanos();
      long missed = (nanos - entry.nanos()) / interval;
      due.add(new Due(entry.route(), missed));
      entries.add(new Entry(entry.route(), entry.nanos() + (missed + 1) * interval));
    }
    return due;
  }

  long next() {
    return entries.isEmpty() ? Long.MAX_VALUE : entries.peek().nanos();
  }
}
