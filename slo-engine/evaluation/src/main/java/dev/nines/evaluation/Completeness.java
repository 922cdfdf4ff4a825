// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.evaluation.Regions.Minute;
import dev.nines.objectives.CountRecord.CompleteTo;
import java.util.OptionalLong;

/**
 * What is judged when a region's progress moves: boundaries that the wall clock passed long before,
 * and the traffic of minutes that are complete now.
 */
final class Completeness {

  private final Lines lines;
  private final InForce inForce;
  private final Regions regions;
  private final Counting counting;
  private final Hindsight hindsight;
  private final TrafficTurns turns;

  Completeness(
      Lines lines,
      InForce inForce,
      Regions regions,
      Counting counting,
      Hindsight hindsight,
      TrafficTurns turns) {
    this.lines = lines;
    this.inForce = inForce;
    this.regions = regions;
    this.counting = counting;
    this.hindsight = hindsight;
    this.turns = turns;
  }

  /** A ratio of counters is judged where it is complete, with what is complete by then. */
  void report(CompleteTo complete, long nowMillis) {
    long nowBoundary = Boundaries.last(nowMillis);
    String track = Regions.track(complete.region(), complete.series());
    long before = regions.minuteOf(track);
    if (complete.goodbye()) {
      turns.end(track, nowMillis); // what left is not judged
    }
    Regions.Passed passed = regions.report(complete, nowMillis);
    long minute = regions.minuteOf(track);
    if (minute > before) {
      traffic(complete, minute, nowMillis);
    }
    if (passed.complete().isPresent()) {
      counting.release(nowMillis);
    }
    if (passed.complete().isPresent() || passed.reached().isPresent()) {
      judgeLate(complete, passed, nowBoundary);
    }
  }

  private void judgeLate(CompleteTo complete, Regions.Passed passed, long nowBoundary) {
    for (Line line : lines.all()) {
      inForce.meet(line);
      OptionalLong boundary = line.judgedLate() ? passed.complete() : passed.reached();
      if (boundary.isPresent()) {
        judge(
            line, complete, boundary.getAsLong(), passed.behind(boundary.getAsLong()), nowBoundary);
      }
    }
  }

  /** What the wall clock judged is judged again where a policy waits. */
  private void judge(
      Line line, CompleteTo complete, long boundary, boolean behind, long nowBoundary) {
    if ((behind || line.waits())
        && line.counts(complete.region(), complete.series())
        && inForce.at(line, nowBoundary).isPresent()) {
      inForce
          .at(line, boundary)
          .ifPresent(then -> hindsight.judge(line, complete, then, boundary, behind));
    }
  }

  /** The region is complete to another minute: what counters hold back is counted first. */
  private void traffic(CompleteTo complete, long minute, long nowMillis) {
    if (complete.series()) {
      counting.release(nowMillis);
    }
    turns.begin(new Minute(complete.region(), complete.series(), minute), nowMillis);
  }
}
