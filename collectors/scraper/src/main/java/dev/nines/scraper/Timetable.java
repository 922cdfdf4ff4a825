// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import dev.nines.scraper.definition.Target;
import dev.nines.scraper.fetch.ByteBudget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * When each target is due, at a fixed rate: a late start moves no later one. Times are nanoseconds
 * of one clock. Used by one thread.
 */
final class Timetable {

  /**
   * @param missed how many times it was due before, unseen
   */
  record Due(TargetState target, long missed) {}

  private record Entry(TargetState state, long nanos) {}

  private final String region;
  private final ByteBudget series;
  private final Map<Target, TargetState> states = new HashMap<>();
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::nanos));

  /**
   * @param series what targets remember
   */
  Timetable(String region, ByteBudget series) {
    this.region = region;
    this.series = series;
  }

  /**
   * From now on these are scraped and no others.
   *
   * @param nanos of the same moment as {@code now}
   * @return those that are not any more
   */
  List<TargetState> change(Set<Target> targets, Instant now, long nanos) {
    Set<Target> gone = new HashSet<>(states.keySet());
    gone.removeAll(targets);
    List<TargetState> left = gone.stream().map(states::remove).toList();
    entries.removeIf(entry -> gone.contains(entry.state.target()));
    for (Target target : targets) {
      if (!states.containsKey(target)) {
        TargetState state = new TargetState(target, series.reserve());
        states.put(target, state);
        entries.add(new Entry(state, nanos + target.firstNanos(region, now)));
      }
    }
    return left;
  }

  /** Those whose time has come, each once. */
  List<Due> due(long nanos) {
    List<Due> due = new ArrayList<>();
    while (!entries.isEmpty() && entries.peek().nanos <= nanos) {
      Entry entry = entries.remove();
      long interval = entry.state.target().job().interval().toNanos();
      long missed = (nanos - entry.nanos) / interval;
      due.add(new Due(entry.state, missed));
      entries.add(new Entry(entry.state, entry.nanos + (missed + 1) * interval));
    }
    return due;
  }

  long next() {
    return entries.isEmpty() ? Long.MAX_VALUE : entries.peek().nanos;
  }

  /** All targets of now. */
  Iterable<TargetState> states() {
    return states.values();
  }
}
