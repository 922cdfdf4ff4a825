// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.Slices;
import dev.nines.objectives.SloId;
import dev.nines.transport.Sequences;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import dev.nines.transport.Sums.Sum;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Increments per minute, gathered for a second: their sum is always what was read. */
final class Ledger {

  private static final char KIND = 'l';
  private static final String SEQUENCE = "ledger";

  private final Sums pending;
  private final Sequences sequences;
  private final String task;
  private final Consumer<LedgerDelta> out;

  Ledger(Sums pending, Sequences sequences, String task, Consumer<LedgerDelta> out) {
    this.pending = pending;
    this.sequences = sequences;
    this.task = task;
    this.out = out;
  }

  /**
   * @param generation in force when the counts came
   */
  void add(Increment counts, long generation) {
    SumKey key =
        new SumKey(
            KIND,
            List.of(
                counts.slo().toString(),
                counts.region(),
                counts.cell().group(),
                counts.cause().name()),
            List.of(
                generation,
                counts.line(),
                Slices.floor(counts.cell().sliceStartSeconds(), Slices.LEDGER_SECONDS)));
    pending.add(
        key,
        counts.appendedAt().toEpochMilli(),
        counts.cell().good(),
        counts.cell().total(),
        counts.cell().uncertain());
  }

  /**
   * Expected events that did not come: no sum of counted events changes.
   *
   * @param more less than 0 where some came later
   */
  void missing(BudgetKey budget, long minute, long more, long knownAt, long generation) {
    SumKey key =
        new SumKey(
            KIND,
            List.of(budget.slo().toString(), budget.region(), "", Cause.MISSING.name()),
            List.of(generation, budget.line(), minute));
    pending.add(key, knownAt, 0, 0, 0, more);
  }

  /**
   * From the minute of an instant on, to its start, a line answers for those before it. Goes out
   * before the sums of that time: while both are on their way too little is known of it, not twice.
   */
  void recounted(SloId slo, long line, Instant from, Instant knownAt) {
    long minute = Slices.floor(from.getEpochSecond(), Slices.LEDGER_SECONDS);
    SumKey key =
        new SumKey(
            KIND,
            List.of(slo.toString(), "", "", Cause.RECOUNT.name()),
            List.of(line, line, minute));
    pending.add(key, knownAt.toEpochMilli(), 0, 0, 0);
  }

  void emit() {
    for (Sum sum : pending.drain(KIND)) {
      List<String> texts = sum.key().texts();
      List<Long> numbers = sum.key().numbers();
      out.accept(
          new LedgerDelta(
              SloId.parse(texts.get(0)),
              numbers.get(0),
              numbers.get(1),
              texts.get(1),
              texts.get(2),
              Instant.ofEpochSecond(numbers.get(2)),
              sum.values()[0],
              sum.values()[1],
              value(sum, 2),
              value(sum, 3),
              Cause.valueOf(texts.get(3)),
              Instant.ofEpochMilli(sum.latest()),
              task,
              sequences.next(SEQUENCE)));
    }
  }

  /** What a sum of another kind, or of a former version, left out is nothing. */
  private static long value(Sum sum, int index) {
    return index < sum.values().length ? sum.values()[index] : 0;
  }
}
