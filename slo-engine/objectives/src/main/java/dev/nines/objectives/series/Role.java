// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.series;

import dev.nines.objectives.CountRecord.Source;
import java.math.BigDecimal;

/** What an event of a series is to an SLO. */
public enum Role {
  /** One of all, beside a counter of good ones. */
  TOTAL_BESIDE_GOOD,
  /** One of all, beside a counter of bad ones: good until that one says otherwise. */
  TOTAL_BESIDE_BAD,
  GOOD,
  BAD,
  /** One of all, and good when it is at or below the threshold. */
  THRESHOLD,
  /** The point itself is one of all, and its value says whether it is good. */
  VALUE;

  /** What events do to the sums of a cell; none is negative. */
  public record Events(long good, long total, long uncertain, long bad) {}

  public Source source() {
    return switch (this) {
      case THRESHOLD -> Source.HISTOGRAMS;
      case VALUE -> Source.VALUES;
      case TOTAL_BESIDE_GOOD, TOTAL_BESIDE_BAD, GOOD, BAD -> Source.COUNTERS;
    };
  }

  /**
   * Of events that a point counted.
   *
   * @param limit threshold in the metric's unit
   */
  public Events of(Measure measure, BigDecimal limit) {
    long events = measure.total();
    return switch (this) {
      case TOTAL_BESIDE_GOOD -> new Events(0, events, 0, 0);
      case TOTAL_BESIDE_BAD -> new Events(events, events, 0, 0);
      case GOOD -> new Events(events, 0, 0, 0);
      case BAD -> new Events(0, 0, 0, events);
      case THRESHOLD -> {
        Measure.Split split = measure.split(limit);
        yield new Events(split.good(), events, split.uncertain(), 0);
      }
      case VALUE -> throw new IllegalArgumentException("a value is no count: " + measure);
    };
  }
}
