// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import java.time.Instant;

/**
 * Stretches of equal length one after the other, at multiples of their step since 1970, so that
 * answers to neighbouring questions agree.
 */
record Buckets(long beginSeconds, Step step, int count) {

  /** A week of minutes, 420 days of hours. */
  static final int COUNT_MAX = 10_080;

  /** All that touch [from, to), as a whole. */
  static Buckets touching(Instant from, Instant to, Step step) {
    long first = Math.floorDiv(from.getEpochSecond(), (long) step.seconds());
    long end = Math.ceilDiv(to.getEpochSecond(), (long) step.seconds());
    return new Buckets(first * step.seconds(), step, Math.toIntExact(Math.max(0, end - first)));
  }

  Instant begin(int bucket) {
    return Instant.ofEpochSecond(beginSeconds + (long) bucket * step.seconds());
  }

  Instant from() {
    return begin(0);
  }

  Instant to() {
    return begin(count);
  }

  int bucketOf(long epochSecond) {
    return Math.toIntExact((epochSecond - beginSeconds) / step.seconds());
  }
}
