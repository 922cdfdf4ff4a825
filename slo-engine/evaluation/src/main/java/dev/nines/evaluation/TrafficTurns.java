// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Slices;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The traffic of minutes to which regions are complete. Such a minute comes for all lines of a
 * region at once, and new counts wait for nobody: some lines are judged when it comes, the others
 * in the ticks that follow, and all before the region's next minute. After a restart those that
 * waited are judged by the next one, which notes what is missing of both.
 */
final class TrafficTurns {

  /** Lines that are looked at when a minute comes, and in a tick, at least: about 30 ms. */
  static final int AT_ONCE_MIN = 500;

  /** Of more lines so many that all are in 20 s. */
  private static final int IN_TICKS = 40;

  private final Lines lines;
  private final InForce inForce;
  private final Vanishings vanishings;
  private final Map<String, Turn> turns = new LinkedHashMap<>();

  TrafficTurns(Lines lines, InForce inForce, Vanishings vanishings) {
    this.lines = lines;
    this.inForce = inForce;
    this.vanishings = vanishings;
  }

  /**
   * A region is complete to another minute.
   *
   * @param minute end of it, epoch seconds
   */
  void begin(String region, boolean series, long minute, long nowMillis) {
    String track = Regions.track(region, series);
    Turn before = turns.remove(track);
    if (before != null) {
      take(before, Integer.MAX_VALUE, nowMillis);
    }
    Turn turn = new Turn(region, series, minute, new ArrayDeque<>(lines.all()));
    take(turn, atOnce(), nowMillis);
    turns.put(track, turn);
  }

  void tick(long nowMillis) {
    turns.values().forEach(turn -> take(turn, atOnce(), nowMillis));
    turns.values().removeIf(turn -> turn.lines.isEmpty());
  }

  private int atOnce() {
    return Math.max(AT_ONCE_MIN, Math.ceilDiv(lines.all().size(), IN_TICKS));
  }

  private void take(Turn turn, int most, long nowMillis) {
    for (int taken = 0; taken < most && !turn.lines.isEmpty(); taken++) {
      judge(turn, turn.lines.remove(), nowMillis);
    }
  }

  /**
   * Of what counters counted a minute ago nothing is held any more. Of a composite each component
   * is judged.
   */
  private void judge(Turn turn, Line line, long nowMillis) {
    if (line.parts().isEmpty()
        && line.counts(turn.region, turn.series)
        && inForce.at(line, Boundaries.last(nowMillis)).isPresent()) {
      long to = line.held() ? turn.minute - Slices.LEDGER_SECONDS : turn.minute;
      inForce.at(line, to * 1_000).ifPresent(then -> vanishings.judge(line, turn.region, then, to));
    }
  }

  private record Turn(String region, boolean series, long minute, Deque<Line> lines) {}
}
