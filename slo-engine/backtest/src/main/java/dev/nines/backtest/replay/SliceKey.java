// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.replay;

import dev.nines.objectives.SloId;
import java.util.Comparator;

/**
 * One slice of one SLO in one region; all regions are the sum over them.
 *
 * @param line generation in which the SLO's selector last changed
 * @param start epoch seconds
 */
record SliceKey(SloId slo, long line, String region, String group, long start)
    implements Comparable<SliceKey> {

  private static final Comparator<SliceKey> ORDER =
      Comparator.comparing(SliceKey::slo)
          .thenComparingLong(SliceKey::line)
          .thenComparing(SliceKey::region)
          .thenComparing(SliceKey::group)
          .thenComparingLong(SliceKey::start);

  @Override
  public int compareTo(SliceKey other) {
    return ORDER.compare(this, other);
  }
}
