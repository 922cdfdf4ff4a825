// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An SLO over metrics as the demo reads it: a ratio of counters, or a histogram with a threshold.
 *
 * @param bad the counter of bad events; empty for a histogram
 * @param threshold events at or below it are good; zero for counters
 */
public record MetricObjective(
    String name,
    Series total,
    Optional<Series> bad,
    Duration threshold,
    BigDecimal target,
    List<Objective.Policy> policies) {

  /** Which series count. */
  public record Series(String metric, String service, Map<String, String> attributes) {

    Series of(String otherMetric) {
      return new Series(otherMetric, service, attributes);
    }
  }
}
