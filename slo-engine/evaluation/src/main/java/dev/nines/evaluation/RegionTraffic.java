// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import java.util.OptionalLong;

/**
 * What one region has in the five minutes that are judged.
 *
 * @param measuredMillis 0 also while the region is not complete to their end
 * @param byWeek a week before says what is expected
 * @param expected empty where nothing says it
 */
record RegionTraffic(
    RegionCounts region, long measuredMillis, long counted, boolean byWeek, OptionalLong expected) {

  boolean measured() {
    return measuredMillis == Expectations.WINDOW_SECONDS * 1_000;
  }

  boolean blind() {
    return measuredMillis == 0;
  }

  String name() {
    return region.key().region();
  }

  long expectedOrNone() {
    return expected.orElse(0);
  }
}
