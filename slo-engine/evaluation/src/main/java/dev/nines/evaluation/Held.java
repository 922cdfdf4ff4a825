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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Counts of ratios of counters, until their slice is complete and everything is that was appended
 * with them: good, or bad, and total come in any order, and half of them would page falsely.
 */
final class Held {

  private static final char KIND = 'h';

  /**
   * About 30 s of 10,000 SLOs in one region. Beyond it the SLOs that hold most wait no longer: a
   * client that sends weeks of slices must not make another one's halves count.
   */
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
  List<Increment> release(long nowMillis) {
    if (cells == 0) {
      return List.of();
    }
    Map<String, Integer> kept = new HashMap<>();
    Predicate<Sum> goes =
        sum -> {
          boolean ready = ready(sum, nowMillis);
          if (!ready) {
            kept.merge(slo(sum), 1, Integer::sum);
          }
          return ready;
        };
    List<Sum> taken = new ArrayList<>(pending.take(KIND, goes));
    cells = kept.values().stream().mapToInt(Integer::intValue).sum();
    if (cells > CELLS_MAX) {
      taken.addAll(overLimit(kept));
    }
    return taken.stream().map(Held::increment).toList();
  }

  private List<Sum> overLimit(Map<String, Integer> kept) {
    Comparator<Map.Entry<String, Integer>> bySize = Map.Entry.comparingByValue();
    Set<String> largest = new HashSet<>();
    kept.entrySet().stream()
        .sorted(bySize.reversed())
        .takeWhile(slo -> cells > CELLS_MAX)
        .forEach(
            slo -> {
              largest.add(slo.getKey());
              cells -= slo.getValue();
            });
    List<Sum> taken = pending.take(KIND, sum -> largest.contains(slo(sum)));
    metrics.heldOverLimit.inc(taken.size());
    return taken;
  }

  private boolean ready(Sum sum, long nowMillis) {
    String track = track(sum.key().texts().getFirst());
    OptionalLong completeTo = regions.completeTo(track);
    long sliceEnd = (sum.key().numbers().get(1) + Slices.SECONDS) * 1_000;
    return regions.over(track, sum.latest(), nowMillis)
        || (completeTo.isPresent() && completeTo.getAsLong() >= Math.max(sliceEnd, sum.latest()));
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

  private static String slo(Sum sum) {
    return sum.key().texts().get(1);
  }

  private static String track(String region) {
    return Regions.track(region, true);
  }
}
