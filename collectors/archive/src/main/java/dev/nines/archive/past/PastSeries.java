// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.past;

import dev.nines.objectives.series.Role;
import java.math.BigDecimal;
import java.util.List;

/**
 * A stored series that an SLO selects.
 *
 * @param id in hex
 * @param delta each point is what it adds; else they are sums since a start
 * @param group {@link dev.nines.objectives.Group} of its events
 * @param lastDay on which a point of it was appended, days of UTC since 1970
 * @param uses one, or two where it is in both halves of a ratio
 */
record PastSeries(
    String id,
    String metric,
    PointTable table,
    boolean delta,
    String group,
    long lastDay,
    List<Use> uses) {

  /**
   * @param limit threshold in the metric's unit
   */
  record Use(Role role, BigDecimal limit) {}
}
