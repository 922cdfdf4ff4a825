// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Slices;
import dev.nines.objectives.SloStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides on each active line every 10 s, at the boundary of a slice, and shows the budgets that
 * changed. A line that is judged late is decided on where it is complete.
 *
 * <p>A boundary comes for all lines at once, and new counts wait for nobody: what a tick does of it
 * is bounded, the rest is the next tick's. A line with an open alert, and one that only boundaries
 * decide, goes before those whose alerts are opened by counts. New counts are shown at once, and so
 * is a line with an open alert; budgets that only time moved are shown in turn.
 */
final class Boundaries {

  private static final long ACTIVE_MILLIS = Duration.ofMinutes(5).toMillis();

  /** Scopes that a tick decides on at least; of more lines a fifteenth: all in 7.5 s. */
  private static final int DECIDED_MIN = 200;

  private static final int DECIDED_IN_TICKS = 15;

  /** Of lines that counts decide on, so many that all are in a minute. */
  private static final int CALM_IN_TICKS = 120;

  /** Scopes that a tick shows in turn at least; of more lines so many that all are in a minute. */
  static final int SHOWN_MIN = 200;

  private static final int SHOWN_IN_TICKS = 120;

  private final Lines lines;
  private final InForce inForce;
  private final Regions regions;
  private final Coverage coverage;
  private final Scopes scopes;
  private final Alerts alerts;
  private final Vanishings vanishings;
  private final MissingEvents missing;
  private final Statuses statuses;
  private final EvaluationMetrics metrics;
  private final SpareTime spare;
  private final Outlet outlet;
  private final Set<Line> undecided = new LinkedHashSet<>();
  private final LinkedHashSet<Line> calm = new LinkedHashSet<>();
  private final LinkedHashSet<Line> inTurn = new LinkedHashSet<>();
  private long lastBoundary;

  Boundaries(
      Lines lines,
      InForce inForce,
      Regions regions,
      Coverage coverage,
      Scopes scopes,
      Alerts alerts,
      Vanishings vanishings,
      MissingEvents missing,
      Statuses statuses,
      EvaluationMetrics metrics,
      SpareTime spare,
      Outlet outlet) {
    this.lines = lines;
    this.inForce = inForce;
    this.regions = regions;
    this.coverage = coverage;
    this.scopes = scopes;
    this.alerts = alerts;
    this.vanishings = vanishings;
    this.missing = missing;
    this.statuses = statuses;
    this.metrics = metrics;
    this.spare = spare;
    this.outlet = outlet;
  }

  /** The newest boundary at an instant, both epoch milliseconds. */
  static long last(long millis) {
    return Slices.floor(Math.floorDiv(millis, 1_000L), Slices.SECONDS) * 1_000;
  }

  void tick(long nowMillis) {
    long boundary = last(nowMillis);
    boolean passed = boundary > lastBoundary;
    lastBoundary = Math.max(lastBoundary, boundary);
    lines.all().forEach(line -> inForce.whole(line, boundary));
    for (Line line : lines.all()) {
      inForce.meet(line);
      if (inForce.whole(line, boundary).filter(w -> w.parts().contains(line)).isPresent()) {
        continue;
      }
      leave(line, boundary);
      if (line.judgedLate() ? due(line, nowMillis).isPresent() : passed) {
        await(line);
      }
    }
    first(undecided, DECIDED_MIN, DECIDED_IN_TICKS).forEach(line -> decideOn(line, nowMillis));
    inSpareTime(calm, DECIDED_MIN, CALM_IN_TICKS, line -> decideOn(line, nowMillis));
    inSpareTime(inTurn, SHOWN_MIN, SHOWN_IN_TICKS, this::showAll);
    lines.all().forEach(this::showChanged);
    lines.all().forEach(Line::shown);
  }

  private void decideOn(Line line, long nowMillis) {
    if (line.partial()) {
      await(line);
    } else if (line.judgedLate()) {
      due(line, nowMillis).ifPresent(at -> judge(line, at));
    } else {
      judge(line, lastBoundary);
    }
  }

  /** One line at least, and no more than {@link #first} takes. */
  private void inSpareTime(
      LinkedHashSet<Line> waiting, int leastScopes, int ticks, Consumer<Line> work) {
    List<Line> due = first(waiting, leastScopes, ticks);
    int done = 0;
    while (done < due.size() && (done == 0 || spare.isLeft())) {
      work.accept(due.get(done));
      done++;
    }
    metrics.turnsCut.inc(done < due.size() ? 1 : 0);
    due.subList(done, due.size()).reversed().forEach(waiting::addFirst);
  }

  /** At once, for that takes the time; a component with its composite. */
  private void showAll(Line line) {
    changeAll(line);
    if (!line.component()) {
      showChanged(line);
      line.shown();
    }
  }

  /** Takes those out that wait longest: so many that all lines are taken in so many ticks. */
  private List<Line> first(Set<Line> waiting, int leastScopes, int ticks) {
    int most = Math.ceilDiv(lines.all().size(), ticks);
    List<Line> taken = new ArrayList<>();
    int scopes = 0;
    for (Line line : waiting) {
      if (taken.size() >= most && scopes >= leastScopes) {
        break;
      }
      taken.add(line);
      scopes += line.regions().size() + 1;
    }
    taken.forEach(waiting::remove);
    return taken;
  }

  /** A composite that is out of force is not shown with components that are another's by now. */
  private void leave(Line line, long boundary) {
    if (!line.parts().isEmpty() && !line.judgedLate() && inForce.at(line, boundary).isEmpty()) {
      line.advanceAlone(boundary);
    }
  }

  private void await(Line line) {
    if (!line.judgedLate() && line.together().stream().noneMatch(Line::alerted)) {
      calm.add(line);
      return;
    }
    calm.remove(line);
    if (!undecided.add(line) && !line.judgedLate()) {
      metrics.boundariesMissed.inc();
    }
  }

  /**
   * Of a line that is judged late: the end of the last slice that is complete in all its regions,
   * if it was not judged then.
   */
  private OptionalLong due(Line line, long nowMillis) {
    OptionalLong complete = regions.judgedTo(line.tracks(), nowMillis);
    return complete.isPresent() && last(complete.getAsLong()) - 1 > line.atMillis()
        ? OptionalLong.of(last(complete.getAsLong()) - 1)
        : OptionalLong.empty();
  }

  /** A composite in force with its components, which are not judged without it. */
  private void judge(Line line, long boundary) {
    boolean isOver = inForce.at(line, boundary).isEmpty();
    boolean alone = line.parts().isEmpty() || isOver;
    List<Line> together = alone ? List.of(line) : line.together();
    for (Line each : together) {
      lines.forget(each, regions);
      vanishings.forget(each, boundary);
      missing.forget(each, boundary);
    }
    if (isOver) {
      alerts.forgetWaits(line);
    }
    if (together.stream().noneMatch(each -> active(each, boundary))) {
      return;
    }
    long at = alone ? line.advanceAlone(boundary) : line.advanceTo(boundary);
    for (Line each : together) {
      inForce
          .at(each, at)
          .ifPresentOrElse(found -> decide(each, found, at), () -> withdraw(each, at));
    }
  }

  private void decide(Line line, Definition definition, long at) {
    line.slices().ifPresent(slices -> slices.judgeTo(Math.floorDiv(at + 1, 1_000L)));
    if (line.parts().isEmpty()) {
      line.regions().forEach(region -> advance(region, definition, at));
    }
    for (Scope scope : scopes.all(line, definition, at)) {
      alerts.decide(line, scope);
      vanishings.freeze(line, scope);
    }
    List<Line> changed = line.parts().isEmpty() ? List.of(line) : line.parts();
    if (line.alerted() || line.judgedLate()) {
      changed.forEach(Boundaries::changeAll);
    } else {
      inTurn.addAll(changed);
    }
  }

  private void advance(RegionCounts region, Definition definition, long at) {
    region.advance(definition.windows(), at);
    coverage.learn(region, definition, at);
    if (regions.silent(region.track(), at)) {
      lines.save(region);
    }
  }

  private static void changeAll(Line line) {
    line.regions().forEach(region -> line.changed().add(region.key().region()));
  }

  /** Alerts of a line that is gone, or that another one replaced, are over. */
  private void withdraw(Line line, long at) {
    inForce.last(line).map(last -> scopes.all(line, last, at)).stream()
        .flatMap(List::stream)
        .forEach(
            scope -> {
              alerts.withdraw(line, scope);
              vanishings.withdraw(line, scope);
            });
  }

  private void showChanged(Line line) {
    if (line.changed().isEmpty()) {
      return;
    }
    inForce.at(line, line.atMillis()).ifPresent(definition -> show(line, definition));
    if (line.changed().size() == line.regions().size()) {
      inTurn.remove(line);
    }
  }

  private void show(Line line, Definition definition) {
    long at = line.atMillis();
    line.regions().forEach(region -> region.advance(definition.windows(), at));
    for (String region : line.changed()) {
      outlet.emit(statuses.of(line, scopes.of(line, region, definition, at)));
    }
    outlet.emit(statuses.of(line, scopes.of(line, SloStatus.GLOBAL, definition, at)));
  }

  private boolean active(Line line, long atMillis) {
    Optional<Definition> definition = inForce.at(line, atMillis);
    boolean counts = line.parts().isEmpty() || definition.isPresent(); // else others' components do
    if (line.alerted() || (counts && atMillis - line.touchedAt() <= ACTIVE_MILLIS)) {
      return true;
    }
    return definition.isPresent()
        && (line.pending()
            || line.begins(definition.get(), atMillis)
            || line.failing(definition.get()));
  }
}
