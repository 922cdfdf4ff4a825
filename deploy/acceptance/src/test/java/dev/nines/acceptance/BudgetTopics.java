// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import dev.nines.acceptance.CountLoad.Sum;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SloStatus;
import dev.nines.transport.JsonSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What evaluation wrote. */
record BudgetTopics(LogReader log) {

  private static final JsonSerde<SloStatus> STATUS = new JsonSerde<>(SloStatus.class);
  private static final JsonSerde<LedgerDelta> DELTA = new JsonSerde<>(LedgerDelta.class);

  /** The last word on each budget, by {@code slo@scope}. */
  Map<String, Sum> status() {
    Map<String, Sum> last = new HashMap<>();
    log.readAll(
        List.of(ObjectiveTopics.SLO_STATUS.name()),
        record -> {
          SloStatus status = STATUS.read(record.value());
          last.put(status.key(), new Sum(status.runGood(), status.runTotal()));
        });
    return last;
  }

  /** Sums of all increments, by {@code slo@scope}. */
  Map<String, Sum> ledger() {
    Map<String, Sum> sums = new HashMap<>();
    log.readAll(
        List.of(ObjectiveTopics.SLO_LEDGER.name()),
        record -> {
          LedgerDelta delta = DELTA.read(record.value());
          Sum sum = new Sum(delta.good(), delta.total());
          sums.merge(delta.slo() + "@" + delta.scope(), sum, Sum::plus);
          sums.merge(delta.slo() + "@" + SloStatus.GLOBAL, sum, Sum::plus);
        });
    return sums;
  }

  long changelogRecords() {
    return log.changelogRecords("nines-evaluation-");
  }

  /**
   * How long after an instant the last of these budgets was shown anew, by a process that works
   * then; the limit when one was not.
   */
  Duration shownAgain(Set<String> budgets, Instant since, Duration limit) {
    Set<String> waiting = new HashSet<>(budgets);
    Instant shown =
        log.follow(
            ObjectiveTopics.SLO_STATUS.name(),
            since.plus(limit),
            record -> {
              if (record.timestamp() > since.toEpochMilli()) {
                waiting.remove(STATUS.read(record.value()).key());
              }
              return waiting.isEmpty();
            });
    return Duration.between(since, shown);
  }
}
