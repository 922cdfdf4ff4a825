// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.evaluation.Regions.Minute;
import dev.nines.objectives.Slices;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The traffic of minutes to which regions are complete. Such a minute comes for all lines of a
 * region at once, and new counts wait for nobody: where there are many lines, they are judged in
 * the ticks that follow, and all before the region's next minute. Which minute is not judged to its
 * end is stored: a task that takes over judges it from the beginning, to the same end.
 */
final class TrafficTurns {

  /** No more lines than so many are judged when the minute comes: about 30 ms. */
  static final int AT_ONCE_MAX = 500;

  /** Of more lines, those that a tick judges at least, of all regions together. */
  static final int IN_A_TICK_MIN = 100;

  /** And so many that all are in 40 s: the next minute comes after 60. */
  private static final int IN_TICKS = 80;

  private final Lines lines;
  private final InForce inForce;
  private final Regions regions;
  private final Vanishings vanishings;
  private final SpareTime spare;
  private final Map<String, Turn> turns = new LinkedHashMap<>();

  /** Begins what a former life of the task did not end. */
  TrafficTurns(
      Lines lines, InForce inForce, Regions regions, Vanishings vanishings, SpareTime spare) {
    this.lines = lines;
    this.inForce = inForce;
    this.regions = regions;
    this.vanishings = vanishings;
    this.spare = spare;
    regions.trafficDue().forEach(this::put);
  }

  /** A region is complete to another minute. */
  void begin(Minute minute, long nowMillis) {
    end(minute.track(), nowMillis);
    put(minute);
    if (lines.all().size() <= AT_ONCE_MAX || regions.left(minute.track())) {
      end(minute.track(), nowMillis);
    }
  }

  /** Judges all that waits in a track. */
  void end(String track, long nowMillis) {
    Turn turn = turns.remove(track);
    if (turn != null) {
      take(turn, Integer.MAX_VALUE, nowMillis);
    }
  }

  /** Of a track that went back the minute comes again. */
  void tick(long nowMillis) {
    turns.values().removeIf(turn -> regions.minuteOf(turn.track()) < turn.minute.toSeconds());
    int least = Math.ceilDiv(IN_A_TICK_MIN, Math.max(1, turns.size()));
    int most = Math.max(least, Math.ceilDiv(lines.all().size(), IN_TICKS));
    turns.values().forEach(turn -> takeInSpareTime(turn, most, nowMillis));
    turns.values().removeIf(turn -> turn.lines.isEmpty());
  }

  private void put(Minute minute) {
    turns.put(minute.track(), new Turn(minute, new ArrayDeque<>(lines.all())));
  }

  private void takeInSpareTime(Turn turn, int most, long nowMillis) {
    int taken = 0;
    do {
      take(turn, 1, nowMillis);
      taken++;
    } while (taken < most && spare.isLeft());
  }

  private void take(Turn turn, int most, long nowMillis) {
    for (int taken = 0; taken < most && !turn.lines.isEmpty(); taken++) {
      judge(turn.minute, turn.lines.remove(), nowMillis);
    }
    if (turn.lines.isEmpty()) {
      regions.trafficJudged(turn.minute);
    }
  }

  /**
   * Of what counters counted a minute ago nothing is held any more. Of a composite each component
   * is judged.
   */
  private void judge(Minute minute, Line line, long nowMillis) {
    if (line.parts().isEmpty()
        && line.counts(minute.region(), minute.series())
        && inForce.at(line, Boundaries.last(nowMillis)).isPresent()) {
      long end = minute.toSeconds();
      long to = line.held() ? end - Slices.LEDGER_SECONDS : end;
      inForce
          .at(line, to * 1_000)
          .ifPresent(then -> vanishings.judge(line, minute.region(), then, to));
    }
  }

  private record Turn(Minute minute, Deque<Line> lines) {

    String track() {
      return minute.track();
    }
  }
}
