// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a tick may spend on what can wait, a twentieth of the time to the next one: records are read
 * between ticks, and a thread has several tasks. One step is always taken, so that all comes to an
 * end.
 */
final class SpareTime {

  private static final long NANOS = Duration.ofMillis(25).toNanos();

  private final LongSupplier nanoTime;
  private long began;

  /**
   * @param nanoTime as {@link System#nanoTime}; one that stands still leaves all the time
   */
  SpareTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void begin() {
    began = nanoTime.getAsLong();
  }

  boolean isLeft() {
    return nanoTime.getAsLong() - began < NANOS;
  }
}
