// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.extraction.SeriesRecord.Use;
import dev.nines.objectives.series.Role;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import java.util.List;

/** Adds what points count to the pending sums of the SLOs that want them. */
final class MetricCounts {

  static final char KIND = 'm';

  private MetricCounts() {}

  /** Sums of one key: events that are good, all, at log-append time, uncertain, bad. */
  static void add(
      Sums pending,
      Use use,
      Role.Events events,
      String region,
      long sliceStartSeconds,
      boolean skewed,
      long appendedAt) {
    SumKey key =
        new SumKey(
            KIND,
            List.of(use.slo().toString(), region, use.group(), use.groupBy(), use.source().name()),
            List.of(use.line(), sliceStartSeconds));
    pending.add(
        key,
        appendedAt,
        events.good(),
        events.total(),
        skewed ? events.total() : 0,
        events.uncertain(),
        events.bad());
  }
}
