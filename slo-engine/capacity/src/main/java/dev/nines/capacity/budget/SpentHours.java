// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.budget;

import java.util.Arrays;

/**
 * Bad events and all events of every hour of the clock, and at last of the hour that is not over.
 *
 * @param bad of each hour, oldest first, as {@code total}
 */
record SpentHours(long[] bad, long[] total) {

  static final int DAY = 24;

  /** With the one that is not over. */
  int hours() {
    return bad.length;
  }

  /** Hours that are over. */
  int over() {
    return bad.length - 1;
  }

  int days() {
    return over() / DAY;
  }

  /** Without the hours before the first event. */
  SpentHours known() {
    int first = 0;
    while (first < over() && total[first] == 0) {
      first++;
    }
    return new SpentHours(
        Arrays.copyOfRange(bad, first, bad.length), Arrays.copyOfRange(total, first, total.length));
  }

  /** As it was so many hours ago, when an hour had just begun. */
  SpentHours before(int hoursAgo) {
    int over = over() - hoursAgo;
    return new SpentHours(
        Arrays.copyOf(Arrays.copyOf(bad, over), over + 1),
        Arrays.copyOf(Arrays.copyOf(total, over), over + 1));
  }

  /** Sums up to each hour: of the first {@code i} at {@code i}. */
  static long[] sums(long... values) {
    long[] sums = new long[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = Math.addExact(sums[i], values[i]);
    }
    return sums;
  }
}
