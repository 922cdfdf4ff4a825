// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What evaluation writes to {@code slo.burn}: changes of alert conditions, and signs of life. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BurnRecord.Change.class, name = "change"),
  @JsonSubTypes.Type(value = BurnRecord.Vanished.class, name = "vanished"),
  @JsonSubTypes.Type(value = BurnRecord.Alive.class, name = "alive")
})
public sealed interface BurnRecord {

  /**
   * The condition of one policy in one scope changed. Key: SLO id and scope.
   *
   * @param state what it is now
   * @param at {@code appendedAt} of the batch that made it so, or the slice boundary
   * @param decidedAt when evaluation decided
   * @param firstBadAt start of the earliest slice in the long window that has a bad event
   * @param frozenRegions regions whose silence keeps a firing alert from resolving
   */
  record Change(
      SloId slo,
      long generation,
      String scope,
      String service,
      BurnPolicy policy,
      State state,
      Instant at,
      Instant decidedAt,
      Instant firstBadAt,
      BigDecimal longBurn,
      BigDecimal shortBurn,
      long badInLongWindow,
      long totalInLongWindow,
      BigDecimal budgetSpent,
      List<String> frozenRegions)
      implements BurnRecord {}

  /**
   * The traffic of one scope vanished, or is back. Key: SLO id and scope.
   *
   * @param state what it is now
   * @param at end of the five minutes that made it so, or the slice boundary
   * @param decidedAt when evaluation decided
   * @param since start of the five minutes that were the first to be found vanished
   * @param counted events in the five minutes in which it vanished
   * @param expected events expected in them
   * @param frozenRegions regions of which nothing is known while this alert is open
   */
  record Vanished(
      SloId slo,
      long generation,
      String scope,
      String service,
      BurnPolicy.Severity severity,
      State state,
      Instant at,
      Instant decidedAt,
      Instant since,
      long counted,
      long expected,
      List<String> frozenRegions)
      implements BurnRecord {}

  /** Written once a second per partition of {@code slo.burn}: evaluation is not blind. */
  record Alive(int partition, Instant at) implements BurnRecord {}

  /** State of an alert condition. */
  enum State {
    FIRING,
    /** Still open: the condition is gone, or not, where nothing is measured. */
    FROZEN,
    RESOLVED
  }
}
