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
 * the ticks that follow, minute by minute, and all before the region's next but one. Which minutes
 * are not judged to their end is stored: a task that takes over judges them from the beginning, to
 * the same end.
 */
final class TrafficTurns {

  /** No more lines than so many are judged when the minute comes: about 30 ms. */
  static final int AT_ONCE_MAX = 500;

  /** Of more lines, those that a tick judges at least, of all regions together. */
  static final int IN_A_TICK_MIN = 100;

  /** And so many that all are in 40 s: the next minute comes after 60. */
  private static final int IN_TICKS = 80;

  /** Of a region. Before one more comes the first is judged at once. */
  private static final int MINUTES_MAX = 2;

  private final Lines lines;
  private final InForce inForce;
  private final Regions regions;
  private final Vanishings vanishings;
  private final EvaluationMetrics metrics;
  private final SpareTime spare;
  private final Map<String, Deque<Turn>> turns = new LinkedHashMap<>();

  /** Begins what a former life of the task did not end. */
  TrafficTurns(
      Lines lines,
      InForce inForce,
      Regions regions,
      Vanishings vanishings,
      EvaluationMetrics metrics,
      SpareTime spare) {
    this.lines = lines;
    this.inForce = inForce;
    this.regions = regions;
    this.vanishings = vanishings;
    this.metrics = metrics;
    this.spare = spare;
    regions.trafficDue().forEach(this::put);
  }

  /** A region is complete to another minute. */
  void begin(Minute minute, long nowMillis) {
    Deque<Turn> waiting = put(minute);
    if (lines.all().size() <= AT_ONCE_MAX || regions.left(minute.track())) {
      end(minute.track(), nowMillis);
    } else if (waiting.size() > MINUTES_MAX) {
      metrics.trafficAtOnce.inc();
      take(waiting.remove(), Integer.MAX_VALUE, nowMillis);
    }
  }

  /** Judges all that waits in a track. */
  void end(String track, long nowMillis) {
    Deque<Turn> waiting = turns.remove(track);
    if (waiting != null) {
      waiting.forEach(turn -> take(turn, Integer.MAX_VALUE, nowMillis));
    }
  }

  /** Of a track that went back the minute comes again. */
  void tick(long nowMillis) {
    turns.forEach(
        (track, waiting) ->
            waiting.removeIf(turn -> regions.minuteOf(track) < turn.minute.toSeconds()));
    turns.values().removeIf(Deque::isEmpty);
    int least = Math.ceilDiv(IN_A_TICK_MIN, Math.max(1, turns.size()));
    int most = Math.max(least, Math.ceilDiv(lines.all().size(), IN_TICKS));
    for (Deque<Turn> waiting : turns.values()) {
      takeInSpareTime(waiting.element(), most, nowMillis);
      waiting.removeIf(turn -> turn.lines.isEmpty());
    }
    turns.values().removeIf(Deque::isEmpty);
  }

  private Deque<Turn> put(Minute minute) {
    Deque<Turn> waiting = turns.computeIfAbsent(minute.track(), track -> new ArrayDeque<>());
    waiting.add(new Turn(minute, new ArrayDeque<>(lines.all())));
    return waiting;
  }

  /** One line at least. */
  private void takeInSpareTime(Turn turn, int most, long nowMillis) {
    int due = Math.min(most, turn.lines.size());
    int taken = 0;
    while (taken < due && (taken == 0 || spare.isLeft())) {
      take(turn, 1, nowMillis);
      taken++;
    }
    metrics.turnsCut.inc(taken < due ? 1 : 0);
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

  private record Turn(Minute minute, Deque<Line> lines) {}
}
