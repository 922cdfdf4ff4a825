// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.extraction.SeriesRecord.Use;

/**
 * What a point adds to the sums of an SLO that selects it. None is ever negative; a cell's good is
 * good less bad.
 */
record Addend(long good, long total, long uncertain, long bad) {

  /** Of events that a point counted, as the SLO takes them. */
  static Addend of(Use use, Measure measure) {
    long events = measure.total();
    return switch (use.role()) {
      case TOTAL_BESIDE_GOOD -> new Addend(0, events, 0, 0);
      case TOTAL_BESIDE_BAD -> new Addend(events, events, 0, 0);
      case GOOD -> new Addend(events, 0, 0, 0);
      case BAD -> new Addend(0, 0, 0, events);
      case THRESHOLD -> {
        Measure.Split split = measure.split(use.limit());
        yield new Addend(split.good(), events, split.uncertain(), 0);
      }
      case VALUE -> throw new IllegalArgumentException("a value is no count: " + use);
    };
  }
}
