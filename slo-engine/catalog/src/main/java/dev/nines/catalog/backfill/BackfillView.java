// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog.backfill;

import dev.nines.catalog.backfill.BackfillState.Span;
import dev.nines.catalog.backfill.BackfillState.Sums;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A back-fill as people see it.
 *
 * @param state {@code pending}, {@code running}, {@code done}, {@code estimate} or {@code refused}
 * @param from events are counted from then on; null while nothing is
 * @param to start of the line, whose own counts follow
 * @param bad counted so far; in the budget, but for an estimate
 * @param looksAgainAt for late events; null after the last time
 * @param note why it does not reach to the start of the period, what it lacks, or why it is
 *     refused; empty else
 */
public record BackfillView(
    String state,
    @Nullable Instant from,
    Instant to,
    long bad,
    long total,
    @Nullable Instant looksAgainAt,
    String note) {

  static BackfillView of(Backfill row) {
    return switch (row.state()) {
      case BackfillState.Pending _ -> plain("pending", row, "");
      case BackfillState.Running r when r.look() == 1 ->
          counted("running", row, earlier(r.next(), row.lineFrom()), r.sums(), r.span());
      case BackfillState.Running r -> counted("done", row, r.span().from(), r.sums(), r.span());
      case BackfillState.Looked l -> counted("done", row, l.span().from(), l.sums(), l.span());
      case BackfillState.Estimated e ->
          new BackfillView(
              "estimate", e.from(), row.lineFrom(), e.bad(), e.total(), null, e.note());
      case BackfillState.Refused r -> plain("refused", row, r.reason());
    };
  }

  private static BackfillView plain(String state, Backfill row, String note) {
    return new BackfillView(state, null, row.lineFrom(), 0, 0, due(row), note);
  }

  private static BackfillView counted(
      String state, Backfill row, Instant from, Sums sums, Span span) {
    return new BackfillView(
        state, from, row.lineFrom(), sums.bad(), sums.total(), due(row), span.note());
  }

  private static @Nullable Instant due(Backfill row) {
    return row.state().dueAt(row.lineFrom()).orElse(null);
  }

  /** What series add across the line's begin is counted first. */
  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
