// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

/**
 * A ratio of two counters: all events, and the good or the bad ones among them. A histogram counts
 * as the counter of its events.
 *
 * @param part the good or the bad events; its series are others than those of {@code total}, or
 *     some of them
 */
public record CounterIndicator(MetricSelection total, MetricSelection part, Part partIs)
    implements Indicator {

  /** Which events the second counter counts. */
  public enum Part {
    GOOD,
    BAD
  }
}
