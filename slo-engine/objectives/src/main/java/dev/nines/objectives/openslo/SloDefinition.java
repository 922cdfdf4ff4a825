// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.Gate;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.TimeWindow;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A valid SLO as its file says it: without tenant and generation. The fields are those of {@link
 * Slo}.
 *
 * @param place {@code file:line} of its document
 */
public record SloDefinition(
    String place,
    String name,
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
    long minFailures,
    Slo.Missing missing,
    String groupBy,
    Slo.Vanished vanished,
    @Nullable Gate gate,
    boolean excludedGood) {

  /**
   * @param line generation in which the indicator last changed
   */
  public Slo of(String tenant, long line) {
    return new Slo(
        new SloId(tenant, name),
        line,
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

  /** Without what its composite alone has: alerts on burn rates, a gate, a description. */
  SloDefinition ofComponent() {
    return new SloDefinition(
        place,
        name,
        service,
        displayName,
        "",
        labels,
        indicator,
        target,
        period,
        budgeting,
        List.of(),
        BigDecimal.ZERO,
        0,
        missing,
        groupBy,
        vanished,
        null,
        excludedGood);
  }
}
