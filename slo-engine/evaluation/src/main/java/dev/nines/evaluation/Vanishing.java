// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.BurnRecord.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Traffic of one scope that vanished: kept while its alert is open, and eight days longer, because
 * what was told is no part of what is usual, a week later neither. Times are epoch seconds.
 *
 * @param since start of the five minutes that were the first to be found vanished
 * @param counted events in them
 * @param expected events expected in them
 * @param frozenRegions of which nothing is known while the alert is open
 * @param resolvedAt 0 while it is open
 * @param earlier what vanished and came back in the days before, oldest first
 */
record Vanishing(
    String scope,
    State state,
    long since,
    long counted,
    long expected,
    List<String> frozenRegions,
    long resolvedAt,
    List<Stretch> earlier) {

  /** More within the days that are looked back to are no news: the oldest is forgotten. */
  private static final int EARLIER_MAX = 100;

  /** Traffic was told as gone between the two. */
  record Stretch(long from, long to) {
    boolean contains(long second) {
      return second >= from && second < to;
    }

    boolean overlaps(long start, long end) {
      return from < end && start < to;
    }
  }

  static Vanishing opened(String scope, Traffic traffic, @Nullable Vanishing before) {
    return new Vanishing(
        scope,
        State.FIRING,
        traffic.toSeconds() - Expectations.WINDOW_SECONDS,
        traffic.counted(),
        traffic.expected(),
        List.of(),
        0,
        before == null ? List.of() : before.since(Expectations.oldest(traffic.toSeconds())));
  }

  /** Firing while all of it is measured, else frozen. */
  Vanishing lasting(List<String> unmeasured) {
    State now = unmeasured.isEmpty() ? State.FIRING : State.FROZEN;
    return new Vanishing(scope, now, since, counted, expected, unmeasured, 0, earlier);
  }

  Vanishing resolved(long atSeconds) {
    return new Vanishing(
        scope, State.RESOLVED, since, counted, expected, List.of(), atSeconds, earlier);
  }

  boolean open() {
    return resolvedAt == 0;
  }

  /** All that was told, the present one last. */
  List<Stretch> told() {
    List<Stretch> told = new ArrayList<>(earlier);
    told.add(new Stretch(since, open() ? Long.MAX_VALUE : resolvedAt));
    return told;
  }

  private List<Stretch> since(long oldest) {
    List<Stretch> recent = told().stream().filter(stretch -> stretch.to() > oldest).toList();
    return recent.subList(Math.max(0, recent.size() - EARLIER_MAX), recent.size());
  }
}
