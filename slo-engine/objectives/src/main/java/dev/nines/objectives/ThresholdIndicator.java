// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.math.BigDecimal;

/**
 * The values of a metric, OpenSLO's {@code thresholdMetric}: each point is one event, good when its
 * value compares so with the threshold.
 *
 * @param value in the metric's own unit
 */
public record ThresholdIndicator(MetricSelection selection, Operator operator, BigDecimal value)
    implements Indicator {

  /** OpenSLO's {@code op}. */
  public enum Operator {
    LT,
    LTE,
    GT,
    GTE;

    /**
     * @param sign of a point's value less the threshold
     */
    public boolean holds(int sign) {
      return switch (this) {
        case LT -> sign < 0;
        case LTE -> sign <= 0;
        case GT -> sign > 0;
        case GTE -> sign >= 0;
      };
    }
  }
}
