// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One objective, as a generation fixes it.
 *
 * @param line generation in which its selector last changed: counts of one line add up, counts of
 *     another are ignored
 * @param target share of good events, in [0, 1), exact
 * @param period whose events the budget is for
 * @param budgeting what spends the budget; a generation of before has none: occurrences
 * @param confidence confidence of the lower bound that an alert needs; 0 means none
 * @param minFailures bad events in a policy's long window that an alert needs
 * @param groupBy attribute whose values divide the ledger, see {@link Group}; empty for none. It
 *     changes no sum, so that a line goes on when it changes
 * @param vanished who is told when a scope's traffic is gone; a generation of before has none: PAGE
 * @param gate when the service may not be changed; null where the SLO says nothing of that
 * @param excludedGood events of excluded time count as good in the adjusted budget, which else
 *     leaves them out
 */
public record Slo(
    SloId id,
    long line,
    String service,
    String displayName,
    String description,
    Map<String, String> labels,
    Indicator indicator,
    BigDecimal target,
    TimeWindow period,
    Budgeting budgeting,
    List<BurnPolicy> policies,
    BigDecimal confidence,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long minFailures,
    Missing missing,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String groupBy,
    Vanished vanished,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Gate gate,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean excludedGood) {

  public Slo {
    budgeting = Objects.requireNonNullElseGet(budgeting, Budgeting.Occurrences::new);
    groupBy = Objects.requireNonNullElse(groupBy, "");
    vanished = Objects.requireNonNullElse(vanished, Vanished.PAGE);
  }

  /** By occurrences, without groups, and with the default for vanished traffic. */
  public Slo(
      SloId id,
      long line,
      String service,
      String displayName,
      String description,
      Map<String, String> labels,
      Indicator indicator,
      BigDecimal target,
      TimeWindow period,
      List<BurnPolicy> policies,
      BigDecimal confidence,
      Missing missing) {
    this(
        id,
        line,
        service,
        displayName,
        description,
        labels,
        indicator,
        target,
        period,
        new Budgeting.Occurrences(),
        policies,
        confidence,
        0,
        missing,
        "",
        Vanished.PAGE,
        null,
        false);
  }

  /** The same on another line. */
  public Slo of(long newLine) {
    return new Slo(
        id,
        newLine,
        service,
        displayName,
        description,
        labels,
        indicator,
        target,
        period,
        budgeting,
        policies,
        confidence,
        minFailures,
        missing,
        groupBy,
        vanished,
        gate,
        excludedGood);
  }

  /** What expected events count as that do not come while an alert for vanished traffic is open. */
  public enum Missing {
    NEUTRAL,
    BAD
  }

  /** Who is told when a scope that is measured has lost its traffic. */
  public enum Vanished {
    PAGE,
    TICKET,
    /** Nobody; whether it vanished is not judged. */
    OFF
  }

  /** Share of events that may fail: 1 - target. */
  @JsonIgnore
  public BigDecimal budget() {
    return BigDecimal.ONE.subtract(target);
  }
}
