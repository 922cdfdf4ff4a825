// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import java.time.Duration;

/**
 * How long the prober itself stood still: a beat that comes late was late for want of a processor,
 * or in a pause of the JVM, and so may have been every run beside it.
 */
final class Pulse {

  /** Later than this is no jitter of a timer. */
  private static final Duration TOLERANCE = Duration.ofMillis(50);

  private long expected;
  private long stalled;

  Pulse(long now) {
    expected = now;
  }

  /**
   * @param next when the beat after this one is to come
   */
  synchronized void beat(long now, long next) {
    stalled += overdue(now);
    expected = next;
  }

  /** Nanoseconds in all, a stall that goes on included. */
  synchronized long stalledNanos(long now) {
    return stalled + overdue(now);
  }

  private long overdue(long now) {
    long late = now - expected;
    return late > TOLERANCE.toNanos() ? late : 0;
  }
}
