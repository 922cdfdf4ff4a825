// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.BurnRecord;
import dev.nines.warehouse.block.ArrayColumn;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.WordColumn;
import dev.nines.warehouse.sink.RecordIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code slo.burn} to {@code burns}; signs of life are not kept. */
final class BurnRows extends JsonRows<BurnRecord> {

  private final Columns columns;

  private record Columns(
      WordColumn tenant,
      WordColumn slo,
      WordColumn scope,
      WordColumn service,
      FixedColumn generation,
      WordColumn policy,
      WordColumn severity,
      WordColumn state,
      FixedColumn at,
      FixedColumn decidedAt,
      FixedColumn firstBadAt,
      FixedColumn factor,
      FixedColumn longBurn,
      FixedColumn shortBurn,
      FixedColumn bad,
      FixedColumn total,
      FixedColumn expected,
      FixedColumn budgetSpent,
      ArrayColumn<WordColumn> frozenRegions) {}

  BurnRows() {
    this(
        new Columns(
            new WordColumn("tenant"),
            new WordColumn("slo"),
            new WordColumn("scope"),
            new WordColumn("service"),
            FixedColumn.uint64("generation"),
            new WordColumn("policy"),
            new WordColumn("severity"),
            new WordColumn("state"),
            FixedColumn.dateTime64("at", 3),
            FixedColumn.dateTime64("decided_at", 3),
            FixedColumn.dateTime64("first_bad_at", 3),
            FixedColumn.decimal64("factor", Decimals.SCALE),
            FixedColumn.decimal64("long_burn", Decimals.SCALE),
            FixedColumn.decimal64("short_burn", Decimals.SCALE),
            FixedColumn.int64("bad_in_long_window"),
            FixedColumn.int64("total_in_long_window"),
            FixedColumn.int64("expected"),
            FixedColumn.decimal64("budget_spent", Decimals.SCALE),
            new ArrayColumn<>("frozen_regions", new WordColumn("item"))));
  }

  private BurnRows(Columns c) {
    super(
        BurnRecord.class,
        List.of(
            c.tenant,
            c.slo,
            c.scope,
            c.service,
            c.generation,
            c.policy,
            c.severity,
            c.state,
            c.at,
            c.decidedAt,
            c.firstBadAt,
            c.factor,
            c.longBurn,
            c.shortBurn,
            c.bad,
            c.total,
            c.expected,
            c.budgetSpent,
            c.frozenRegions));
    this.columns = c;
  }

  @Override
  @Nullable RecordIdentity identity(BurnRecord record) {
    return null;
  }

  @Override
  boolean append(BurnRecord record) {
    return switch (record) {
      case BurnRecord.Alive _ -> false;
      case BurnRecord.Change change -> {
        put(change);
        yield true;
      }
      case BurnRecord.Vanished vanished -> {
        put(vanished);
        yield true;
      }
    };
  }

  private void put(BurnRecord.Change change) {
    columns.tenant.put(change.slo().tenant());
    columns.slo.put(change.slo().name());
    columns.scope.put(change.scope());
    columns.service.put(change.service());
    columns.generation.put(change.generation());
    columns.policy.put(change.policy().name());
    columns.severity.put(change.policy().severity().name());
    columns.state.put(change.state().name());
    columns.at.put(change.at().toEpochMilli());
    columns.decidedAt.put(change.decidedAt().toEpochMilli());
    columns.firstBadAt.put(millis(change.firstBadAt()));
    columns.factor.put(Decimals.unscaled(change.policy().factor()));
    columns.longBurn.put(Decimals.unscaled(change.longBurn()));
    columns.shortBurn.put(Decimals.unscaled(change.shortBurn()));
    columns.bad.put(change.badInLongWindow());
    columns.total.put(change.totalInLongWindow());
    columns.expected.put(0);
    columns.budgetSpent.put(Decimals.unscaled(change.budgetSpent()));
    change.frozenRegions().forEach(columns.frozenRegions.items()::put);
    columns.frozenRegions.endRow();
  }

  /** A condition without a budget: its window has a count and an expectation, and no burn. */
  private void put(BurnRecord.Vanished vanished) {
    columns.tenant.put(vanished.slo().tenant());
    columns.slo.put(vanished.slo().name());
    columns.scope.put(vanished.scope());
    columns.service.put(vanished.service());
    columns.generation.put(vanished.generation());
    columns.policy.put("vanished");
    columns.severity.put(vanished.severity().name());
    columns.state.put(vanished.state().name());
    columns.at.put(vanished.at().toEpochMilli());
    columns.decidedAt.put(vanished.decidedAt().toEpochMilli());
    columns.firstBadAt.put(millis(vanished.since()));
    columns.factor.put(0);
    columns.longBurn.put(0);
    columns.shortBurn.put(0);
    columns.bad.put(0);
    columns.total.put(vanished.counted());
    columns.expected.put(vanished.expected());
    columns.budgetSpent.put(0);
    vanished.frozenRegions().forEach(columns.frozenRegions.items()::put);
    columns.frozenRegions.endRow();
  }
}
