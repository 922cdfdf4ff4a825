// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.SloStatus;
import java.util.List;
import java.util.Optional;

/**
 * Counts, as they come or once they are released, into ladder, slices, ledger and what is missing.
 * A batch that makes a policy true opens its alert at once.
 */
final class Counting {

  private final Lines lines;
  private final InForce inForce;
  private final Regions regions;
  private final Groups groups;
  private final Ledger ledger;
  private final Held held;
  private final MissingEvents missing;
  private final Scopes scopes;
  private final Alerts alerts;

  Counting(
      Lines lines,
      InForce inForce,
      Regions regions,
      Groups groups,
      Ledger ledger,
      Held held,
      MissingEvents missing,
      Scopes scopes,
      Alerts alerts) {
    this.lines = lines;
    this.inForce = inForce;
    this.regions = regions;
    this.groups = groups;
    this.ledger = ledger;
    this.held = held;
    this.missing = missing;
    this.scopes = scopes;
    this.alerts = alerts;
  }

  void count(Counts counts) {
    List<Cell> admitted = groups.admit(counts);
    if (counts.source() == Source.COUNTERS) {
      held.add(counts, admitted);
      return;
    }
    Line line = lines.of(counts.slo(), counts.line());
    long appendedAt = counts.appendedAt().toEpochMilli();
    long latest = Math.max(appendedAt, line.atMillis());
    Optional<Definition> definition = inForce.at(line, latest);
    Optional<Line> whole = inForce.whole(line, latest);
    Line judged = whole.orElse(line);
    long at = judged.judgedLate() ? judged.atMillis() : judged.advanceTo(appendedAt);
    add(line, counts, admitted, definition.map(Definition::generation).orElse(counts.line()));
    line.changed().add(counts.region());
    judged.part(counts.region() + '/' + counts.task(), counts.partial());
    if (!counts.partial() && !judged.judgedLate()) {
      definition.ifPresent(found -> open(line, counts.region(), found, at));
      whole
          .flatMap(composite -> inForce.at(composite, at))
          .ifPresent(found -> open(judged, counts.region(), found, at));
    }
  }

  /** Counts what was held back and is complete by now. */
  void release(long nowMillis) {
    held.release(nowMillis).forEach(this::add);
  }

  private void open(Line line, String region, Definition definition, long at) {
    line.regions().forEach(each -> each.advance(definition.windows(), at));
    alerts.open(line, scopes.of(line, region, definition, at));
    if (!line.partial()) {
      alerts.open(line, scopes.of(line, SloStatus.GLOBAL, definition, at));
    }
  }

  /** The ledger is by group, ladder and budget are of all groups. */
  private void add(Line line, Counts counts, List<Cell> admitted, long generation) {
    RegionCounts region = line.region(counts.region());
    String track = Regions.track(counts.region(), counts.source() != Source.SPANS);
    boolean late = false;
    for (Cell slice : counts.slices()) {
      late |= regions.complete(track, slice);
      add(line, region, slice, counts.source(), generation);
    }
    for (Cell cell : admitted) {
      ledger.add(Increment.of(counts, cell, regions.complete(track, cell)), generation);
    }
    region.touched(counts.appendedAt().toEpochMilli(), late, counts.skewed() > 0);
    lines.save(region);
  }

  private void add(Increment counts) {
    Line line = lines.of(counts.slo(), counts.line());
    RegionCounts region = line.region(counts.region());
    long appendedAt = counts.appendedAt().toEpochMilli();
    long generation =
        inForce.at(line, appendedAt).map(Definition::generation).orElse(counts.line());
    add(line, region, counts.cell(), Source.COUNTERS, generation);
    ledger.add(counts, generation);
    region.touched(appendedAt, counts.late(), counts.skewed());
    lines.save(region);
    line.changed().add(counts.region());
  }

  private void add(Line line, RegionCounts region, Cell slice, Source source, long generation) {
    region.add(slice, source, line.period());
    line.slices().ifPresent(slices -> slices.came(region.key(), slice));
    missing.came(region.key(), slice.sliceStartSeconds(), slice.total(), generation);
  }
}
