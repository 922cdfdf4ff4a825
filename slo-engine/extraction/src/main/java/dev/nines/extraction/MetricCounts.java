// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.extraction.SeriesRecord.Use;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import java.util.List;

/** Adds measures to the pending sums of the SLOs that want them. */
final class MetricCounts {

  static final char KIND = 'm';

  private MetricCounts() {}

  /**
   * Sums of one key: events that are good, all, at log-append time, uncertain, bad. None is ever
   * negative; a cell's good is good less bad.
   */
  static void add(
      Sums pending,
      Use use,
      Measure measure,
      String region,
      long sliceStartSeconds,
      boolean skewed,
      long appendedAt) {
    long events = measure.total();
    long skew = skewed ? events : 0;
    SumKey key =
        new SumKey(
            KIND,
            List.of(use.slo().toString(), region, use.group(), use.groupBy(), use.source().name()),
            List.of(use.line(), sliceStartSeconds));
    switch (use.role()) {
      case TOTAL_BESIDE_GOOD -> pending.add(key, appendedAt, 0, events, skew, 0, 0);
      case TOTAL_BESIDE_BAD -> pending.add(key, appendedAt, events, events, skew, 0, 0);
      case GOOD -> pending.add(key, appendedAt, events, 0, 0, 0, 0);
      case BAD -> pending.add(key, appendedAt, 0, 0, 0, 0, events);
      case THRESHOLD -> {
        Measure.Split split = measure.split(use.limit());
        pending.add(key, appendedAt, split.good(), events, skew, split.uncertain(), 0);
      }
    }
  }
}
