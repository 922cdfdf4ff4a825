// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import dev.nines.backtest.history.Entry.Reported;
import dev.nines.objectives.CountRecord.CompleteTo;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One track of one region over all partitions that it reports from. The engine decides by the least
 * of them; what does not change that need not be recorded.
 */
public final class LeastProgress {

  private final Map<Integer, CompleteTo> reported = new HashMap<>();
  private Optional<Reported> last = Optional.empty();

  /** Empty when nothing changed, or not all partitions reported yet. */
  public Optional<Reported> report(long at, CompleteTo record) {
    reported.put(record.partition(), record);
    if (reported.size() < record.partitions()) {
      return Optional.empty();
    }
    Reported next =
        new Reported(
            at,
            record.region(),
            reported.values().stream()
                .mapToLong(r -> r.progressAt().toEpochMilli())
                .min()
                .orElse(0),
            reported.values().stream()
                .mapToLong(r -> r.completeTo().toEpochMilli())
                .min()
                .orElse(0),
            reported.values().stream().allMatch(CompleteTo::goodbye),
            record.series());
    boolean same = last.filter(known -> known.equals(next.at(known.at()))).isPresent();
    last = Optional.of(next);
    return same ? Optional.empty() : last;
  }
}
