// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.Slo;
import java.util.List;

/**
 * Counts of before a line began, a stretch of all regions at a time: afterwards the line is one
 * that began with the stretch. So none of its windows is ever half of the regions, or has events of
 * a time that it calls unmeasured. No alert is judged here: the next boundary does, as of then.
 */
final class Backfilling {

  private final Lines lines;
  private final InForce inForce;
  private final Groups groups;
  private final Ledger ledger;

  Backfilling(Lines lines, InForce inForce, Groups groups, Ledger ledger) {
    this.lines = lines;
    this.inForce = inForce;
    this.groups = groups;
    this.ledger = ledger;
  }

  void count(Past past) {
    Slo slo = past.slo();
    Line line = lines.of(slo.id(), slo.line());
    inForce.know(line, Definition.of(slo, slo.line(), past.lineFrom().toEpochMilli()));
    past.regions().keySet().forEach(line::region);
    if (!past.ledger()) {
      ledger.recounted(slo.id(), slo.line(), past.from(), past.countedAt());
    }
    line.regions().forEach(region -> region.backfilledFrom(past.from().toEpochMilli()));
    past.regions().forEach((region, counted) -> add(line, line.region(region), counted, past));
    line.slices()
        .ifPresent(
            slices -> slices.judgeAgain(past.from().getEpochSecond(), past.to().getEpochSecond()));
    for (RegionCounts region : line.regions()) {
      region.touched(past.countedAt().toEpochMilli(), false, false);
      lines.save(region);
      line.changed().add(region.key().region());
    }
  }

  private void add(Line line, RegionCounts region, List<Cell> counted, Past past) {
    Slo slo = past.slo();
    for (Cell slice : Cell.ofAllGroups(counted)) {
      region.add(slice, Source.of(slo.indicator()), line.period());
      line.slices().ifPresent(slices -> slices.add(region.key(), slice));
    }
    Cause cause = past.ledger() ? Cause.BACKFILL : Cause.RECOUNT;
    for (Cell cell : groups.admit(slo.id(), slo.groupBy(), counted)) {
      ledger.add(
          new Increment(
              slo.id(), slo.line(), region.key().region(), past.countedAt(), cell, false, cause),
          slo.line());
    }
  }
}
