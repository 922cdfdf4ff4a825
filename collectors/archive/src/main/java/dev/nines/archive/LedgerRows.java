// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.LedgerDelta;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.WordColumn;
import dev.nines.warehouse.sink.RecordIdentity;
import java.util.List;

/** {@code slo.ledger} to {@code ledger}. */
final class LedgerRows extends JsonRows<LedgerDelta> {

  private static final String CAUSES =
      "Enum8('ON_TIME' = 0, 'LATE' = 1, 'BACKFILL' = 2, 'MISSING' = 3, 'RECOUNT' = 4)";

  private final Columns columns;

  private record Columns(
      WordColumn tenant,
      WordColumn slo,
      WordColumn scope,
      WordColumn group,
      FixedColumn generation,
      FixedColumn line,
      FixedColumn minute,
      FixedColumn good,
      FixedColumn total,
      FixedColumn uncertain,
      FixedColumn missing,
      FixedColumn cause,
      FixedColumn knownAt,
      WordColumn task,
      FixedColumn seq) {}

  LedgerRows() {
    this(
        new Columns(
            new WordColumn("tenant"),
            new WordColumn("slo"),
            new WordColumn("scope"),
            new WordColumn("group"),
            FixedColumn.uint64("generation"),
            FixedColumn.uint64("line"),
            FixedColumn.dateTime("minute"),
            FixedColumn.int64("good"),
            FixedColumn.int64("total"),
            FixedColumn.int64("uncertain"),
            FixedColumn.int64("missing"),
            FixedColumn.enum8("cause", CAUSES),
            FixedColumn.dateTime64("known_at", 3),
            new WordColumn("task"),
            FixedColumn.uint64("seq")));
  }

  private LedgerRows(Columns c) {
    super(
        LedgerDelta.class,
        List.of(
            c.tenant,
            c.slo,
            c.scope,
            c.group,
            c.generation,
            c.line,
            c.minute,
            c.good,
            c.total,
            c.uncertain,
            c.missing,
            c.cause,
            c.knownAt,
            c.task,
            c.seq));
    this.columns = c;
  }

  /** Evaluation runs once, in the master region: its task alone names the writer. */
  @Override
  RecordIdentity identity(LedgerDelta delta) {
    return new RecordIdentity("", delta.task(), delta.seq());
  }

  @Override
  boolean append(LedgerDelta delta) {
    columns.tenant.put(delta.slo().tenant());
    columns.slo.put(delta.slo().name());
    columns.scope.put(delta.scope());
    columns.group.put(delta.group());
    columns.generation.put(delta.generation());
    columns.line.put(delta.line());
    columns.minute.put(delta.minuteStart().getEpochSecond());
    columns.good.put(delta.good());
    columns.total.put(delta.total());
    columns.uncertain.put(delta.uncertain());
    columns.missing.put(delta.missing());
    columns.cause.put(
        switch (delta.cause()) {
          case ON_TIME -> 0;
          case LATE -> 1;
          case BACKFILL -> 2;
          case MISSING -> 3;
          case RECOUNT -> 4;
        });
    columns.knownAt.put(delta.knownAt().toEpochMilli());
    columns.task.put(delta.task());
    columns.seq.put(delta.seq());
    return true;
  }
}
