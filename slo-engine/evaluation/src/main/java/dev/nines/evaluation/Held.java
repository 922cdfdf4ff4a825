// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.Slices;
import dev.nines.objectives.SloId;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import dev.nines.transport.Sums.Sum;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Counts of ratios of counters, until their slice is complete and everything is that was appended
 * with them: good, or bad, and total come in any order, and half of them would page falsely.
 */
final class Held {

  private static final char KIND = 'h';

  /** About 30 s of 10,000 SLOs in one region; beyond it all is counted at once. */
  private static final int CELLS_MAX = 50_000;

  private final Sums pending;
  private final Regions regions;
  private final EvaluationMetrics metrics;
  private int cells = 1;

  Held(Sums pending, Regions regions, EvaluationMetrics metrics) {
    this.pending = pending;
    this.regions = regions;
    this.metrics = metrics;
  }

  /**
   * @param admitted the cells with their groups as the ledger names them
   */
  void add(Counts counts, List<Cell> admitted) {
    long appendedAt = counts.appendedAt().toEpochMilli();
    for (Cell cell : admitted) {
      Cause cause = regions.complete(track(counts.region()), cell) ? Cause.LATE : Cause.ON_TIME;
      SumKey key =
          new SumKey(
              KIND,
              List.of(counts.region(), counts.slo().toString(), cell.group(), cause.name()),
              List.of(counts.line(), cell.sliceStartSeconds()));
      pending.add(key, appendedAt, cell.good(), cell.total(), cell.uncertain(), counts.skewed());
      cells++;
    }
  }

  /** What is complete by now. */
  List<Increment> release() {
    if (cells == 0) {
      return List.of();
    }
    boolean full = cells > CELLS_MAX;
    int[] kept = {0};
    Predicate<Sum> ready =
        sum -> {
          boolean goes = full || ready(sum);
          kept[0] += goes ? 0 : 1;
          return goes;
        };
    List<Sum> taken = pending.take(KIND, ready);
    cells = kept[0];
    if (full) {
      metrics.heldOverLimit.inc(taken.size());
    }
    return taken.stream().map(Held::increment).toList();
  }

  private boolean ready(Sum sum) {
    String track = track(sum.key().texts().getFirst());
    if (regions.left(track)) {
      return true;
    }
    OptionalLong completeTo = regions.completeTo(track);
    long sliceEnd = (sum.key().numbers().get(1) + Slices.SECONDS) * 1_000;
    return completeTo.isPresent() && completeTo.getAsLong() >= Math.max(sliceEnd, sum.latest());
  }

  private static Increment increment(Sum sum) {
    List<String> texts = sum.key().texts();
    List<Long> numbers = sum.key().numbers();
    long[] values = sum.values();
    return new Increment(
        SloId.parse(texts.get(1)),
        numbers.get(0),
        texts.get(0),
        Instant.ofEpochMilli(sum.latest()),
        new Cell(numbers.get(1), values[0], values[1], values[2], texts.get(2)),
        values[3] > 0,
        Cause.valueOf(texts.get(3)));
  }

  private static String track(String region) {
    return Regions.track(region, true);
  }
}
