// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.SloId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An alert of one policy in one scope, from its opening to its resolution.
 *
 * @param trueAt the instant that the engine gives for the opening: of the batch, or of the boundary
 * @param opened when it was decided, which is when somebody can be told
 * @param overAt the instant that the engine gives for the resolution
 * @param resolved when that was decided; empty while it is open, and so {@code overAt}
 */
record Alert(
    SloId slo,
    String scope,
    BurnPolicy policy,
    Instant trueAt,
    Instant opened,
    Optional<Instant> overAt,
    Optional<Instant> resolved) {

  /** In the order of the openings. An alert that freezes, and burns again, is one alert. */
  static List<Alert> of(List<BurnRecord.Change> changes) {
    Map<List<String>, Integer> open = new HashMap<>();
    List<Alert> alerts = new ArrayList<>();
    for (BurnRecord.Change change : changes) {
      List<String> key = List.of(change.slo().toString(), change.scope(), change.policy().name());
      if (change.state() == State.FIRING && !open.containsKey(key)) {
        open.put(key, alerts.size());
        alerts.add(opening(change));
      } else if (change.state() == State.RESOLVED && open.containsKey(key)) {
        int index = open.remove(key);
        alerts.set(index, alerts.get(index).resolvedBy(change));
      }
    }
    return alerts;
  }

  /** Open at some instant of a stretch, its ends included. */
  boolean touches(Instant begin, Instant end) {
    return !opened.isAfter(end) && (resolved.isEmpty() || !resolved.get().isBefore(begin));
  }

  private static Alert opening(BurnRecord.Change change) {
    return new Alert(
        change.slo(),
        change.scope(),
        change.policy(),
        change.at(),
        change.decidedAt(),
        Optional.empty(),
        Optional.empty());
  }

  private Alert resolvedBy(BurnRecord.Change change) {
    return new Alert(
        slo,
        scope,
        policy,
        trueAt,
        opened,
        Optional.of(change.at()),
        Optional.of(change.decidedAt()));
  }
}
