// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Windows (t - step, t] of equal length one after the other. Their ends are multiples of the step
 * since 1970, so that answers to neighbouring questions agree.
 *
 * @param beginSeconds where the first window begins, itself outside
 * @param count of windows
 */
record Windows(long beginSeconds, long stepSeconds, int count) {

  /** Windows of one answer, as in Prometheus. */
  static final int MAX_COUNT = 11_000;

  /** Raw points are kept for 30 days. */
  static final Duration MAX_RANGE = Duration.ofDays(31);

  /**
   * Those that end in (from, to].
   *
   * @throws IllegalArgumentException when there are none or too many
   */
  static Windows between(Instant from, Instant to, long stepSeconds) {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from: before to, not " + from + " with to " + to);
    }
    if (Duration.between(from, to).compareTo(MAX_RANGE) > 0) {
      throw new IllegalArgumentException(
          "from: at most %d days before to".formatted(MAX_RANGE.toDays()));
    }
    long first = Math.floorDiv(from.getEpochSecond(), stepSeconds);
    long count = Math.floorDiv(to.getEpochSecond(), stepSeconds) - first;
    if (count < 1) {
      throw new IllegalArgumentException(
          "step: a multiple of %d s must be after from and not after to".formatted(stepSeconds));
    }
    if (count > MAX_COUNT) {
      throw new IllegalArgumentException("step: %d points; at most %d".formatted(count, MAX_COUNT));
    }
    return new Windows(first * stepSeconds, stepSeconds, (int) count);
  }

  /** Nanoseconds since 1970. */
  long beginNanos() {
    return TimeUnit.SECONDS.toNanos(beginSeconds);
  }

  long endNanos() {
    return TimeUnit.SECONDS.toNanos(beginSeconds + stepSeconds * count);
  }

  long stepNanos() {
    return TimeUnit.SECONDS.toNanos(stepSeconds);
  }

  /** When a window ends. */
  Instant end(long window) {
    return Instant.ofEpochSecond(beginSeconds + stepSeconds * (window + 1));
  }
}
